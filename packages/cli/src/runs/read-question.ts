import type { Readable, Writable } from 'node:stream'
import { NewRun, problemOfModelId, RUN_LIMITS } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { UsageError } from '../usage-error.ts'
import { findProvider } from './model-provider.ts'

/** As commander hands them over; figures are numbers already. */
export interface QuestionOptions {
  model?: string[]
  system?: string
  temperature?: number
  topP?: number
  maxOutputTokens?: number
  /** milliseconds */
  timeout?: number
}

/** How long standard input may be silent before it is said that it is waited for. */
const SILENCE_MS = 2_000
/** UTF-8 takes at most four bytes for a character. */
const MOST_BYTES = 4 * RUN_LIMITS.promptChars
const WRITE_IT = 'Write it behind the model, pipe it in, or type it in with "-".'
const NAMES: Readonly<Record<string, string>> = {
  prompt: 'The prompt',
  system_prompt: '--system',
  temperature: '--temperature',
  top_p: '--top-p',
  max_output_tokens: '--max-output-tokens',
}

export interface Typed {
  models: readonly string[]
  /** Absent where it is only piped in. */
  prompt: string | undefined
}

/** Which of the words are models and which is the prompt. With -m, all that is left is the prompt. */
export function readWords(words: readonly string[], options: Pick<QuestionOptions, 'model'>): Typed {
  const named = options.model ?? []
  const [first, ...rest] = words
  if (first === undefined && named.length === 0) {
    throw new UsageError('Name a model, such as: rollcall run openai/gpt-4o "Why is the sky blue?"')
  }
  // nobody asks a model about the name of a model alone
  const isModel = named.length === 0 || rest.length > 0 || isKnownModelId(first)
  const prompts = isModel ? rest : words
  if (prompts.length > 1) throw new UsageError('The prompt comes as several words: put it in quotes.')
  const models = isModel && first !== undefined ? [first, ...named] : named
  for (const id of models) requireModelId(id)
  return { models, prompt: prompts[0] }
}

function isKnownModelId(text: string | undefined): boolean {
  return text !== undefined && !/\s/.test(text) && findProvider(text) !== undefined
}

function requireModelId(id: string): void {
  const problem = problemOfModelId(id)
  if (problem === undefined) return
  const search = id.includes('/') || id === '' ? '' : ` ("rollcall models --search ${visible(id)}" finds it)`
  throw new UsageError(`${id === '' ? 'A model id' : visible(id)} ${problem}${search}.`)
}

export interface QuestionPorts {
  stdin: Readable & { isTTY?: boolean }
  stderr: Writable
  signal: AbortSignal
}

/**
 * The question as the API knows it: the prompt that was typed, then, behind an empty line, what is piped in. Throws
 * one sentence that says what is wrong with which option.
 */
export async function readQuestion(
  { models, prompt: typed }: Typed,
  { system, temperature, topP, maxOutputTokens, timeout }: QuestionOptions,
  { stdin, stderr, signal }: QuestionPorts,
): Promise<NewRun> {
  const isAsked = typed === '-'
  if (typed === undefined && stdin.isTTY) {
    throw new UsageError(`There is no prompt. ${WRITE_IT}`)
  }
  const piped = isAsked || !stdin.isTTY ? await readPiped({ stdin, stderr, signal }) : ''
  const prompt = [isAsked ? '' : (typed ?? ''), piped].filter((part) => part !== '').join('\n\n')
  const parameters = {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(maxOutputTokens === undefined ? {} : { max_output_tokens: maxOutputTokens }),
    ...(timeout === undefined ? {} : { timeout_ms: timeout }),
  }
  const question = NewRun.safeParse({
    models,
    prompt,
    ...(system === undefined ? {} : { system_prompt: system }),
    parameters,
  })
  if (question.success) return question.data
  throw new UsageError(problemOf(question.error.issues[0]))
}

function problemOf(issue: { path: readonly PropertyKey[]; message: string } | undefined): string {
  const name = String(issue?.path.at(-1) ?? '')
  if (name === 'timeout_ms') return '--timeout is from 1 to 600 seconds for a run.'
  if (name === 'prompt' && issue?.message === 'is empty') return `The prompt is empty. ${WRITE_IT}`
  if (name === 'models') return `The run ${issue?.message}.`
  // our schemas word it themselves; Zod's own words begin with a capital
  const words = /^[a-z]/.test(issue?.message ?? '') ? issue?.message : 'is no whole number'
  return `${NAMES[name] ?? 'The question'} ${words}.`
}

async function readPiped({ stdin, stderr, signal }: QuestionPorts): Promise<string> {
  // whoever runs it from a program may have forgotten that this is open
  const remark = setTimeout(
    () =>
      stderr.write('Reading the prompt from standard input (Ctrl-D ends it, < /dev/null leaves it out)…\n'),
    stdin.isTTY ? 0 : SILENCE_MS,
  )
  const stop = () => stdin.destroy()
  signal.addEventListener('abort', stop, { once: true })
  const chunks: Buffer[] = []
  let bytes = 0
  try {
    for await (const chunk of stdin) {
      clearTimeout(remark)
      bytes += (chunk as Buffer).length
      if (bytes > MOST_BYTES) {
        const most = RUN_LIMITS.promptChars.toLocaleString('en')
        throw new UsageError(`The prompt is longer than ${most} characters.`)
      }
      chunks.push(chunk as Buffer)
    }
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (!signal.aborted) throw new UsageError('Standard input could not be read.')
  } finally {
    clearTimeout(remark)
    signal.removeEventListener('abort', stop)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
    return text.replace(/\r?\n$/, '')
  } catch {
    // it threw for a single reason, and would name it in other words
    throw new UsageError('What is piped in is no text in UTF-8.')
  }
}
