import type { NewRun } from '@rollcall/core/schema'
import { readEnvironment, type Settings } from '../environment.ts'
import { listenForInterruption } from '../interruption.ts'
import { createRunPrinter } from '../print/run.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { noKeySentence, providerOf } from '../runs/model-provider.ts'
import { type QuestionOptions, readQuestion, readWords } from '../runs/read-question.ts'
import type { RunProgress } from '../runs/run-progress.ts'
import { createRunRecord } from '../runs/run-record.ts'
import { UsageError } from '../usage-error.ts'

export interface RunOptions extends QuestionOptions {
  json?: boolean
  ndjson?: boolean
  reasoning?: boolean
  demo?: boolean
}

const EXIT = { allAnswered: 0, someFailed: 1 } as const

/** Asks the models, prints what they say, returns the documented exit code. */
export async function runCommand(words: readonly string[], options: RunOptions): Promise<number> {
  if (options.json && options.ndjson) throw new UsageError('--json and --ndjson exclude each other.')
  const typed = readWords(words, options)
  const interruption = listenForInterruption()
  const demo = options.demo ? await (await import('../demo.ts')).startDemo() : undefined
  try {
    const { stdin, stderr } = process
    const settings = demo?.settings ?? readEnvironment(process.env)
    requireAnyKey(typed.models, settings)
    const question = await readQuestion(typed, options, { stdin, stderr, signal: interruption.signal })
    if (interruption.exitCode !== undefined) return interruption.exitCode
    if (demo) stderr.write('Demo: simulated models, made-up answers.\n')
    const { askLocally } = await import('../runs/ask-locally.ts')
    const ports = { settings, hasCache: !demo, signal: interruption.signal }
    const status = await tell(question, options, (show) => askLocally(question, { ...ports, show }))
    if (interruption.exitCode !== undefined) return interruption.exitCode
    return status === 'finished' ? EXIT.allAnswered : EXIT.someFailed
  } finally {
    interruption.stopListening()
    await demo?.close()
  }
}

/** Prints a run in the chosen form while it goes on; returns what became of it. */
async function tell(
  question: NewRun,
  { json, ndjson, reasoning = false }: RunOptions,
  ask: (show: (progress: RunProgress) => void) => Promise<void>,
) {
  const { stdout } = process
  const record = createRunRecord(question)
  const printer = json || ndjson ? undefined : createRunPrinter(question.models, { hasReasoning: reasoning })
  try {
    await ask((progress) => {
      record.add(progress)
      printer?.show(progress)
      if (ndjson) stdout.write(`${toSafeJson(progress, 'line')}\n`)
    })
  } finally {
    printer?.end()
  }
  const run = record.finish()
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
