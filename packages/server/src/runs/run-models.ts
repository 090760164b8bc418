import { setTimeout as pause } from 'node:timers/promises'
import type { AskModel, RunFailed, RunFinish } from '@rollcall/ask'
import { runStatus } from '@rollcall/core'
import type { Model, NewRun } from '@rollcall/core/schema'
import type { Log } from '../log.ts'
import type { Storage } from '../storage/database.ts'
import type { ChooseKey } from './choose-key.ts'
import { endedFacts, refusedFacts } from './end-answer.ts'
import { type GrowingAnswer, LiveRun } from './live-run.ts'
import type { RunRecords } from './run-records.ts'

/** How often what has come is written down, and how often the longest answers are. */
const SAVE_EVERY_MS = 1_000
const MOST_MS_BETWEEN_SAVES = 10_000
/** So many characters more, so much rarer are they written, for each time it is all of them. */
const CHARS_PER_MS = 100
/** For so long the end of a run is tried to be written down; then it is left to whoever finds it. */
const END_TRIES = 30

export interface RunModelsPorts {
  storage: Pick<Storage, 'announce'>
  records: RunRecords
  chooseKey: ChooseKey
  askModel: AskModel
  log: Log
  now: () => number
}

/** Runs that are under way in this process: each model is asked beside the others, and heard to its end. */
export function createRunModels({ storage, records, chooseKey, askModel, log, now }: RunModelsPorts) {
  const live = new Map<string, { run: LiveRun; ended: Promise<void> }>()

  async function answer(run: LiveRun, growing: GrowingAnswer, asked: NewRun): Promise<void> {
    const { model } = growing.facts
    const chosen = await chooseKey(run.userId, model)
    if ('code' in chosen) {
      growing.facts = refusedFacts(growing.facts, chosen)
      return
    }
    const parts = askModel({
      provider: chosen.asked.provider,
      base: chosen.asked.base,
      key: chosen.key,
      nativeModelId: chosen.nativeModelId,
      systemPrompt: asked.system_prompt,
      prompt: asked.prompt,
      parameters: asked.parameters ?? {},
      signal: run.signal,
    })
    for await (const part of parts) {
      if (part.type === 'finish' || part.type === 'failure') {
        await end(run, growing, part, chosen.known)
      } else {
        // PostgreSQL keeps no zero character
        growing[part.type].add(part.text.replaceAll('\0', '\ufffd'))
        run.changed()
      }
    }
  }

  async function end(
    run: LiveRun,
    growing: GrowingAnswer,
    part: RunFinish | RunFailed,
    knownSoon: Promise<Model | undefined>,
  ): Promise<void> {
    const known = await knownSoon.catch((error: unknown) => {
      log.bug(error, { event: 'run_facts_failed', user_id: run.userId })
      return undefined
    })
    const { stoppedAs } = run
    growing.facts = endedFacts(growing.facts.model, part, { known, stoppedAs, now: now() })
  }

  async function answerOrExplain(run: LiveRun, growing: GrowingAnswer, asked: NewRun): Promise<void> {
    try {
      await answer(run, growing, asked)
    } catch (error) {
      log.bug(error, { event: 'run_bug', user_id: run.userId })
      growing.facts = refusedFacts(growing.facts, {
        code: 'internal',
        message: 'Something went wrong on this server while it asked the model: its log says what.',
        http_status: null,
        retry_at: null,
      })
    }
    run.changed()
  }

  /** Writes down what has come until all has; resolves once the end is written down. */
  async function keep(run: LiveRun, answered: Promise<unknown>): Promise<void> {
    const written = new Set<number>()
    const allAnswered = new AbortController()
    void answered.then(() => allAnswered.abort())
    while (!allAnswered.signal.aborted) {
      await pause(untilNextSave(run), undefined, { signal: allAnswered.signal }).catch(() => {})
      if (allAnswered.signal.aborted) break
      const saved = await records.saveProgress(run, written).catch((error: unknown) => {
        log.bug(error, { event: 'run_not_saved', user_id: run.userId })
        return undefined
      })
      if (!saved) continue
      for (const position of saved.ended) written.add(position)
      if (saved.state !== 'goes_on') run.stop('cancelled')
      if (saved.state === 'gone') {
        await answered
        await records.saveUsage(run, written)
        return
      }
      if (saved.ended.length > 0) await storage.announce({ kind: 'runs', userId: run.userId })
    }
    await saveEnd(run, written)
  }

  async function saveEnd(run: LiveRun, written: ReadonlySet<number>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        if (!(await records.saveEnd(run, written))) await records.saveUsage(run, written)
        return
      } catch (error) {
        log.bug(error, { event: 'run_not_saved', user_id: run.userId })
        if (tries === END_TRIES) return
        await pause(SAVE_EVERY_MS)
      }
    }
  }

  async function drive(run: LiveRun, asked: NewRun): Promise<void> {
    const answered = Promise.all(run.answers.map((growing) => answerOrExplain(run, growing, asked)))
    await keep(run, answered)
    run.status = runStatus(run.answers.map(({ facts }) => facts))
    live.delete(run.id)
    run.changed()
    await storage.announce({ kind: 'runs', userId: run.userId })
  }

  return {
    /** Asks every model of a run that was written down. */
    start(id: string, userId: string, asked: NewRun): LiveRun {
      const run = new LiveRun(id, userId, asked.models)
      const ended = drive(run, asked).catch((error: unknown) =>
        log.bug(error, { event: 'run_bug', user_id: userId }),
      )
      live.set(id, { run, ended })
      return run
    },

    /** Where it is under way in this process. */
    find: (id: string): LiveRun | undefined => live.get(id)?.run,

    /** Stops a run that is under way in this process, and resolves once that is written down. */
    async stop(id: string): Promise<void> {
      const found = live.get(id)
      found?.run.stop('cancelled')
      await found?.ended
    },

    /** Ends all runs; what has come of them is kept. */
    async close(): Promise<void> {
      const all = [...live.values()]
      for (const { run } of all) run.stop('interrupted')
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

export type RunModels = ReturnType<typeof createRunModels>

/** The whole of an answer is written each time: the longer it is, the rarer. */
function untilNextSave(run: LiveRun): number {
  const chars = run.answers.reduce((sum, { reasoning, text }) => sum + reasoning.length + text.length, 0)
  return Math.min(MOST_MS_BETWEEN_SAVES, Math.max(SAVE_EVERY_MS, chars / CHARS_PER_MS))
}
