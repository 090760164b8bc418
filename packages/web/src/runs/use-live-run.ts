import type { Run, RunAnswer } from '@rollcall/core/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { reachability, session } from '../session/this-session.ts'
import { followRun } from './follow-run.ts'
import { type LiveRun, NOTHING_HEARD } from './live-answers.ts'
import { oncePerFrame } from './once-per-frame.ts'
import { runQuery } from './run-queries.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

/** The run as it stands at this moment: while it is under way, with its words as they come. */
export function useLiveRun(run: Run | undefined): Run | undefined {
  const client = useQueryClient()
  const isVisible = useSyncExternalStore(subscribeToVisibility, () => document.visibilityState === 'visible')
  const [heard, setHeard] = useState<{ id: string; live: LiveRun }>()
  const latest = useRef<{ id: string; live: LiveRun }>(undefined)
  const id = run?.status === 'running' ? run.id : undefined
  useEffect(() => {
    // a browser opens six connections to one server: a tab that nobody sees leaves them to others
    if (id === undefined || !isVisible) return
    const leaving = new AbortController()
    const frames = oncePerFrame(setHeard)
    const show = (live: LiveRun) => {
      latest.current = { id, live }
      frames.show(latest.current)
    }
    const before = latest.current?.id === id ? latest.current.live : NOTHING_HEARD
    void followRun(id, before, { open: session.open, show, pause: untilWorthTrying }, leaving.signal).then(
      async (end) => {
        if (end === 'left') return
        const { queryKey } = runQuery(id)
        // now what is stored tells all, or that it is gone
        if (end === 'ended')
          client.setQueryData(queryKey, (stored) => stored && withLive(stored, latest.current?.live))
        await client.invalidateQueries({ queryKey: ['runs'] })
        if (end === 'gone') await client.fetchQuery({ ...runQuery(id), staleTime: 0 }).catch(() => undefined)
      },
    )
    return () => {
      leaving.abort()
      frames.stop()
    }
  }, [id, isVisible, client])
  return run && (heard?.id === run.id ? withLive(run, heard.live) : run)
}

function withLive(run: Run, live: LiveRun | undefined): Run {
  if (!live || run.status !== 'running') return run
  const answers = run.answers.map((answer, index) => furthest(answer, live.answers[index]))
  return { ...run, status: live.status, answers }
}

/** Of two moments of one answer the later one: words are only ever added. */
function furthest(stored: RunAnswer, heard: RunAnswer | undefined): RunAnswer {
  if (!heard) return stored
  const longer = (one: string, other: string) => (other.length >= one.length ? other : one)
  return {
    ...(stored.status === 'running' ? heard : stored),
    text: longer(stored.text, heard.text),
    reasoning: longer(stored.reasoning, heard.reasoning),
  }
}

/** Longer from attempt to attempt, but no longer than the server is away. */
function untilWorthTrying(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS))
    const unsubscribe = reachability.subscribe(() => {
      if (reachability.isReachable()) end()
    })
    signal.addEventListener('abort', end, { once: true })
    function end() {
      clearTimeout(timer)
      unsubscribe()
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}

function subscribeToVisibility(listener: () => void) {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}
