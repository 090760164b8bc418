import { setTimeout as wait } from 'node:timers/promises'
import { type NewRun, type Run, RunEvents } from '@rollcall/core/schema'
import { CommandError } from '../command-error.ts'
import type { CallServer, OpenEvents } from '../connect.ts'
import { readEvents } from './read-events.ts'
import type { RunProgress } from './run-progress.ts'

/** Between two attempts to hear more of a run; one longer pause than the other. */
const PAUSES_MS = [200, 1_000, 3_000, 10_000]
/** Nothing at all, not even that the server is still there. */
const SILENCE_MS = 45_000

export interface ServerRunPorts {
  call: CallServer
  openEvents: OpenEvents
  /** Cancels the run there. */
  signal: AbortSignal
  show(progress: RunProgress): void
}

/**
 * Has a server ask the models of a run, with the keys stored there, and tells it as it comes. A stream that breaks is
 * taken up where it ended. Gives the run as the server has kept it.
 */
export async function askServer(question: NewRun, ports: ServerRunPorts): Promise<Run> {
  const { call } = ports
  const { id } = await call('createRun', { body: question })
  const told = createTelling(ports.show)
  const isOver = await follow(id, told, ports)
  const run = isOver ? await call('showRun', { params: { id } }) : await call('cancelRun', { params: { id } })
  // what came between the last event and the end
  told.complete(run)
  return run
}

/** Listens until all answers have ended, or until the run is to be cancelled: then it is not over. */
async function follow(
  id: string,
  told: ReturnType<typeof createTelling>,
  { openEvents, signal }: ServerRunPorts,
): Promise<boolean> {
  let lastEventId: string | undefined
  let failures = 0
  while (!signal.aborted) {
    const silence = new AbortController()
    const timer = setTimeout(() => silence.abort(), SILENCE_MS)
    try {
      const body = await openEvents(`/api/runs/${encodeURIComponent(id)}/events`, {
        lastEventId,
        signal: AbortSignal.any([signal, silence.signal]),
      })
      for await (const { event, data, id: eventId } of readEvents(body, () => timer.refresh())) {
        lastEventId = eventId ?? lastEventId
        failures = 0
        if (event === 'done') return true
        told.add(event, data)
      }
    } catch (error) {
      // the server has said no; all else may pass
      if (error instanceof CommandError && error.code !== 'unreachable') throw error
    } finally {
      clearTimeout(timer)
    }
    const pause = PAUSES_MS[failures]
    if (pause === undefined) {
      throw new CommandError(
        `The connection to the server broke, and it cannot be reached. The run may go on there: look with "rollcall runs show ${id}".`,
      )
    }
    failures += 1
    await wait(pause, undefined, { signal }).catch(() => undefined) // it is to be cancelled
  }
  return false
}

/** Tells every word and every end once, however often it is heard. */
function createTelling(show: (progress: RunProgress) => void) {
  const said = new Map<string, number>()
  const ended = new Set<number>()
  const say = (index: number, part: 'text' | 'reasoning', text: string) => {
    if (text === '') return
    const key = `${part} ${index}`
    said.set(key, (said.get(key) ?? 0) + text.length)
    show({ event: 'text', index, part, text })
  }
  return {
    add(event: string, data: string): void {
      if (event === 'text') {
        const { index, part, text } = RunEvents.text.parse(JSON.parse(data))
        say(index, part, text)
      } else if (event === 'answer') {
        const { index, answer } = RunEvents.answer.parse(JSON.parse(data))
        if (ended.has(index)) return
        ended.add(index)
        show({ event: 'answer', index, answer })
      }
    },
    complete({ answers }: Run): void {
      answers.forEach(({ text, reasoning, ...answer }, index) => {
        if (ended.has(index)) return
        say(index, 'reasoning', reasoning.slice(said.get(`reasoning ${index}`) ?? 0))
        say(index, 'text', text.slice(said.get(`text ${index}`) ?? 0))
        show({ event: 'answer', index, answer })
      })
    },
  }
}
