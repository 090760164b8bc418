import { styleText } from 'node:util'
import type { NewRun, Run, RunStatus } from '@rollcall/core/schema'
import { connectSignedIn, openEventsSignedIn } from '../connect.ts'
import { readEnvironment, type Settings } from '../environment.ts'
import { listenForInterruption } from '../interruption.ts'
import { createRunPrinter } from '../print/run.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { noKeySentence, providerOf } from '../runs/model-provider.ts'
import { type QuestionOptions, readQuestion, readWords } from '../runs/read-question.ts'
import type { RunProgress } from '../runs/run-progress.ts'
import { createRunRecord } from '../runs/run-record.ts'
import { readServer } from '../server-address.ts'
import { UsageError } from '../usage-error.ts'

export interface RunOptions extends QuestionOptions {
  json?: boolean
  ndjson?: boolean
  reasoning?: boolean
  demo?: boolean
  /** True: the usual one. */
  server?: string | true
}

const EXIT = { allAnswered: 0, someFailed: 1 } as const

/** Asks the models, here or through a server, prints what they say, returns the documented exit code. */
export async function runCommand(words: readonly string[], options: RunOptions): Promise<number> {
  if (options.json && options.ndjson) throw new UsageError('--json and --ndjson exclude each other.')
  const typed = readWords(words, options)
  const interruption = listenForInterruption()
  const { signal } = interruption
  const { stdin, stderr } = process
  try {
    const asker =
      options.server === undefined
        ? await openLocally(typed.models, options.demo ?? false)
        : await openServer(options.server, options.demo ?? false)
    try {
      const question = await readQuestion(typed, options, { stdin, stderr, signal })
      if (interruption.exitCode !== undefined) return interruption.exitCode
      if (asker.remark) stderr.write(`${asker.remark}\n`)
      const status = await tell(question, options, asker, signal)
      if (interruption.exitCode !== undefined) return interruption.exitCode
      return status === 'finished' ? EXIT.allAnswered : EXIT.someFailed
    } finally {
      await asker.close()
    }
  } finally {
    interruption.stopListening()
  }
}

interface Asker {
  remark?: string
  ask(question: NewRun, signal: AbortSignal, show: (progress: RunProgress) => void): Promise<Run | undefined>
  /** Said of a run that is kept. */
  remarkOn?(run: Run): string
  close(): Promise<void>
}

/** With the keys of this environment, or in the demo. */
async function openLocally(models: readonly string[], isDemo: boolean): Promise<Asker> {
  const demo = isDemo ? await (await import('../demo.ts')).startDemo() : undefined
  const settings = demo?.settings ?? readEnvironment(process.env)
  requireAnyKey(models, settings)
  return {
    ...(demo ? { remark: 'Demo: simulated models, made-up answers.' } : {}),
    async ask(question, signal, show) {
      const { askLocally } = await import('../runs/ask-locally.ts')
      await askLocally(question, { settings, hasCache: !demo, signal, show })
      return undefined
    },
    close: async () => demo?.close(),
  }
}

async function openServer(option: string | true, isDemo: boolean): Promise<Asker> {
  if (isDemo) throw new UsageError('--demo and --server exclude each other.')
  const server = readServer(option, process.env)
  const call = connectSignedIn(server, process.env)
  const openEvents = openEventsSignedIn(server, process.env)
  return {
    async ask(question, signal, show) {
      const { askServer } = await import('../runs/ask-server.ts')
      return askServer(question, { call, openEvents, signal, show })
    },
    remarkOn: ({ id }) => `Kept at ${server} as ${id}.`,
    close: async () => {},
  }
}

/** Prints a run in the chosen form while it goes on; returns what became of it. */
async function tell(
  question: NewRun,
  { json, ndjson, reasoning = false }: RunOptions,
  asker: Asker,
  signal: AbortSignal,
): Promise<RunStatus> {
  const { stdout } = process
  const record = createRunRecord(question)
  const printer = json || ndjson ? undefined : createRunPrinter(question.models, { hasReasoning: reasoning })
  let kept: Run | undefined
  try {
    kept = await asker.ask(question, signal, (progress) => {
      record.add(progress)
      printer?.show(progress)
      if (ndjson) stdout.write(`${toSafeJson(progress, 'line')}\n`)
    })
  } finally {
    printer?.end()
  }
  const run = kept ?? record.finish()
  if (kept && printer && asker.remarkOn) {
    const { stderr } = process
    stderr.write(`${styleText('dim', asker.remarkOn(kept), { stream: stderr })}\n`)
  }
  if (json) stdout.write(`${toSafeJson(run)}\n`)
  if (ndjson) stdout.write(`${toSafeJson({ event: 'done', status: run.status }, 'line')}\n`)
  return run.status
}

/** Where no model at all could be asked, nothing is: that is told before anything is read. */
function requireAnyKey(models: readonly string[], { asks, unusableKeys }: Settings): void {
  const providers = [...new Set(models.map(providerOf))]
  const hasKey = [...asks, ...unusableKeys].some(({ provider }) => providers.includes(provider))
  if (!hasKey) throw new UsageError(providers.map(noKeySentence).join('\n'))
}
