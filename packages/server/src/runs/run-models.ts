import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import type { AskModel } from '@rollcall/ask'
import { runStatus } from '@rollcall/core'
import type { Model, NewRun, RunFailure } from '@rollcall/core/schema'
import type { Log } from '../log.ts'
import { Refusal } from '../refusal.ts'
import type { Storage } from '../storage/database.ts'
import type { ChooseKey, ChosenKey } from './choose-key.ts'
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
  storage: Pick<Storage, 'db' | 'announce' | 'onChange'>
  records: RunRecords
  chooseKey: ChooseKey
  askModel: AskModel
  log: Log
  now: () => number
}

/** Runs that are under way in this process: each model is asked beside the others, and heard to its end. */
export function createRunModels({ storage, records, chooseKey, askModel, log, now }: RunModelsPorts) {
  const live = new Map<string, { run: LiveRun; ended: Promise<void> }>()

  /** Nobody pays for the answers of an account that is gone or locked. */
  async function stopWhereLocked(userId: string): Promise<void> {
    const theirs = [...live.values()].filter(({ run }) => run.userId === userId)
    if (theirs.length === 0) return
    const user = await storage.db
      .selectFrom('users')
      .select('id')
      .where('id', '=', userId)
      .where('disabled', '=', 0)
      .executeTakeFirst()
    if (!user) for (const { run } of theirs) run.stop('cancelled')
  }

  const stopListening = storage.onChange((change) => {
    if (change.kind === 'stopped_run') live.get(change.runId)?.run.stop('cancelled')
    else if (change.kind === 'access') {
      stopWhereLocked(change.userId).catch((error) =>
        log.bug(error, { event: 'run_bug', user_id: change.userId }),
      )
    }
  })

  async function answer(
    run: LiveRun,
    growing: GrowingAnswer,
    asked: NewRun,
    choosing: Choosing | undefined,
    writing: Promise<boolean>,
  ): Promise<void> {
    const chosen = await choosing
    if (!chosen) throw new Error('more answers than models')
    if ('code' in chosen) return refuse(growing, chosen)
    const key = await chosen.key
    if ('code' in key) return refuse(growing, key)
    const parts = askModel({
      provider: chosen.asked.provider,
      base: chosen.asked.base,
      key,
      nativeModelId: chosen.nativeModelId,
      systemPrompt: asked.system_prompt,
      prompt: asked.prompt,
      parameters: asked.parameters ?? {},
      signal: run.signal,
    })
    // not before it is asked
    const known = writing.then(() => factsOf(run, chosen))
    let isFirst = true
    for await (const part of parts) {
      if (part.type === 'finish' || part.type === 'failure') {
        const { stoppedAs } = run
        const { model } = growing.facts
        growing.facts = endedFacts(model, part, { known: await known, stoppedAs, now: now() })
      } else {
        // PostgreSQL keeps no zero character
        growing[part.type].add(part.text.replaceAll('\0', '\ufffd'))
        // kept with what has come, whatever becomes of the rest
        const { first_token_ms = growing.facts.first_token_ms } = part
        if (isFirst) growing.facts = { ...growing.facts, first_token_ms }
        run.changed()
        // the rest may be here already, and would be read before the first word goes out
        if (isFirst) await turn()
        isFirst = false
      }
    }
  }

  /** What is known of a model as it is asked. */
  async function factsOf({ userId }: LiveRun, chosen: ChosenKey): Promise<Model | undefined> {
    try {
      return await chosen.readKnown()
    } catch (error) {
      log.bug(error, { event: 'run_facts_failed', user_id: userId })
      return undefined
    }
  }

  async function answerOrExplain(...given: Parameters<typeof answer>): Promise<void> {
    const [run, growing] = given
    try {
      await answer(...given)
    } catch (error) {
      log.bug(error, { event: 'run_bug', user_id: run.userId })
      refuse(growing, {
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
      const state = await saveProgress(run, written)
      if (state !== 'goes_on') run.stop('cancelled')
      if (state === 'gone') {
        await answered
        return records.saveUsage(run, written)
      }
    }
    await saveEnd(run, written)
  }

  /** Where it cannot be written down now, it will be later. */
  async function saveProgress(run: LiveRun, written: Set<number>): Promise<'goes_on' | 'stopped' | 'gone'> {
    try {
      const { state, ended } = await records.saveProgress(run, written)
      for (const position of ended) written.add(position)
      if (ended.length > 0) await storage.announce({ kind: 'runs', userId: run.userId })
      return state
    } catch (error) {
      log.bug(error, { event: 'run_not_saved', user_id: run.userId })
      return 'goes_on'
    }
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

  async function drive(
    run: LiveRun,
    asked: NewRun,
    choosing: readonly Choosing[],
    writing: Promise<boolean>,
  ) {
    const answered = Promise.all(
      run.answers.map((growing, index) => answerOrExplain(run, growing, asked, choosing[index], writing)),
    )
    const isWritten = await writing
    try {
      await (isWritten ? keep(run, answered) : answered)
    } finally {
      // whatever could not be written down: nobody takes it for running here any more
      run.status = runStatus(run.answers.map(({ facts }) => facts))
      live.delete(run.id)
      run.changed()
    }
    if (isWritten) await storage.announce({ kind: 'runs', userId: run.userId })
  }

  return {
    /**
     * Asks every model of a run while it is being written down, so that the models think meanwhile. `write` calls `ask`
     * once nothing speaks against the run; that resolves once the questions have left. Where it refuses nobody is
     * asked, and where it fails all answers are stopped: nobody has heard of the run by then.
     */
    async start<Row extends { id: string }>(
      userId: string,
      asked: NewRun,
      write: (ask: (id: string) => Promise<void>) => Promise<Row | Refusal>,
    ): Promise<{ row: Row; run: LiveRun } | Refusal> {
      const choosing = asked.models.map((model) => chooseKey(userId, model))
      // whatever reads the database has done so before it is written to
      await Promise.allSettled(choosing)
      const writing = Promise.withResolvers<boolean>()
      let run: LiveRun | undefined
      const ask = async (id: string): Promise<void> => {
        run = new LiveRun(id, userId, asked.models)
        const ended = drive(run, asked, choosing, writing.promise).catch((error: unknown) =>
          log.bug(error, { event: 'run_bug', user_id: userId }),
        )
        live.set(id, { run, ended })
        await Promise.allSettled(choosing.map(opened))
        // the questions leave meanwhile; a connection that was kept is looked at for one turn before it is used
        await turn()
        await turn()
      }
      try {
        const row = await write(ask)
        if (row instanceof Refusal) return row
        if (!run) throw new Error('a run was written down and not asked')
        writing.resolve(true)
        return { row, run }
      } catch (error) {
        run?.stop('cancelled')
        writing.resolve(false)
        throw error
      }
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
      stopListening()
      const all = [...live.values()]
      for (const { run } of all) run.stop('interrupted')
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

type Choosing = Promise<ChosenKey | RunFailure>

/** Resolves once the key of an answer is open, or cannot be. */
async function opened(choosing: Choosing): Promise<void> {
  const chosen = await choosing
  if ('key' in chosen) await chosen.key
}

function refuse(growing: GrowingAnswer, failure: RunFailure): void {
  growing.facts = refusedFacts(growing.facts, failure)
}

export type RunModels = ReturnType<typeof createRunModels>

/** The whole of an answer is written each time: the longer it is, the rarer. */
function untilNextSave(run: LiveRun): number {
  const chars = run.answers.reduce((sum, { reasoning, text }) => sum + reasoning.length + text.length, 0)
  return Math.min(MOST_MS_BETWEEN_SAVES, Math.max(SAVE_EVERY_MS, chars / CHARS_PER_MS))
}
