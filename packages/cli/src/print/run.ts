import { styleText } from 'node:util'
import { seconds } from '@rollcall/core/figures'
import type { RunAnswerFacts } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import type { RunProgress } from '../runs/run-progress.ts'
import { createAnswerText } from './answer-text.ts'
import { createProgressLine } from './progress-line.ts'
import { adjustedSentence, factsLine } from './run-facts.ts'

export interface RunPrinterOptions {
  hasReasoning?: boolean
  /** Each answer under its model's id. */
  hasHeadings?: boolean
  /** Where what is said about answers goes. */
  remarks?: NodeJS.WriteStream
}

export interface RunPrinter {
  show(progress: RunProgress): void
  /** When all have ended, or nobody waits any more. */
  end(): void
}

const TICK_MS = 100

interface Waiting {
  model: string
  pieces: { part: 'text' | 'reasoning'; text: string }[]
  end: RunAnswerFacts | undefined
}

/**
 * Prints answers in the order of their models, each as it comes: of those behind it what has come by then waits for its
 * turn. Words go to stdout, all that is said about them to stderr.
 */
export function createRunPrinter(
  models: readonly string[],
  { hasReasoning = false, hasHeadings = models.length > 1, remarks = process.stderr }: RunPrinterOptions,
): RunPrinter {
  const { stdout } = process
  const answers: Waiting[] = models.map((model) => ({ model, pieces: [], end: undefined }))
  const line = createWaitingLine(answers)
  let turn = 0
  let hasWritten = false
  let hasHeading = false
  let writer = createWriter()

  function write(current: Waiting): void {
    for (const { part, text } of current.pieces.splice(0)) {
      if (part === 'reasoning' && !hasReasoning) continue
      if (text !== '') begin(current)
      writer.write(part, text)
    }
  }
  function begin({ model }: Waiting): void {
    if (hasHeading) return
    hasHeading = true
    line.stop()
    if (hasHeadings)
      stdout.write(`${hasWritten ? '\n' : ''}${styleText('bold', `==> ${visible(model)} <==`)}\n`)
    hasWritten = true
  }
  function finish(end: RunAnswerFacts): void {
    line.stop()
    writer.end()
    const isBeside = hasHeading && (remarks === stdout || (stdout.isTTY && remarks.isTTY))
    const styled = (style: 'red' | 'yellow' | 'dim', text: string) =>
      styleText(style, text, { stream: remarks })
    const name = hasHeadings ? `${visible(end.model)}: ` : ''
    const lines = end.failure
      ? [`${styled('red', '✗')} ${name}${visible(end.failure.message)}`]
      : [styled('dim', `${name}${factsLine(end)}`)]
    const adjusted = adjustedSentence(end)
    if (adjusted !== undefined) lines.push(`${styled('yellow', '!')} ${name}${adjusted}`)
    remarks.write(`${isBeside ? '\n' : ''}${lines.join('\n')}\n`)
    writer = createWriter()
    hasHeading = false
  }

  return {
    show(progress) {
      const answer = answers[progress.index]
      if (!answer) return
      if (progress.event === 'answer') answer.end = progress.answer
      else answer.pieces.push(progress)
      for (let current = answers[turn]; current; current = answers[turn]) {
        write(current)
        if (!current.end) break
        finish(current.end)
        turn += 1
        if (turn < answers.length) line.start()
      }
    },
    end() {
      line.stop()
    },
  }
}

/** One answer: its text on stdout and, where it is wanted, its reasoning on stderr. */
function createWriter() {
  const { stdout, stderr } = process
  const texts = {
    text: createAnswerText({ isTerminal: stdout.isTTY }),
    reasoning: createAnswerText({ isTerminal: stderr.isTTY }),
  }
  let open: 'text' | 'reasoning' | undefined
  let isLineOpen = false

  function put(part: 'text' | 'reasoning', text: string): void {
    if (text === '') return
    if (open !== undefined && open !== part) close(open)
    open = part
    isLineOpen = !text.endsWith('\n')
    if (part === 'text') stdout.write(text)
    else stderr.write(styleText('dim', text, { stream: stderr }))
  }
  function close(part: 'text' | 'reasoning'): void {
    const stream = part === 'text' ? stdout : stderr
    if (isLineOpen) stream.write('\n')
    isLineOpen = false
    // at a terminal, where both are seen at once, thoughts and words stand apart
    if (part === 'reasoning' && stderr.isTTY) stderr.write('\n')
  }
  return {
    write: (part: 'text' | 'reasoning', text: string) => put(part, texts[part].pass(text)),
    end(): void {
      for (const part of ['reasoning', 'text'] as const) put(part, texts[part].rest())
      if (open !== undefined && isLineOpen) (open === 'text' ? stdout : stderr).write('\n')
      isLineOpen = false
    },
  }
}

/** Says who is waited for, while nothing else is on the screen. */
function createWaitingLine(answers: readonly Waiting[]) {
  const line = createProgressLine(process.stderr)
  const startedAt = performance.now()
  let timer: NodeJS.Timeout | undefined
  const show = () => {
    const done = answers.filter(({ end }) => end).length
    const [next] = answers.filter(({ end }) => !end)
    if (!next) return line.clear()
    const others = answers.length > 1 ? ` (${done} of ${answers.length} have answered)` : ''
    line.show(`Waiting for ${visible(next.model)}… ${seconds(performance.now() - startedAt)}${others}`)
  }
  const start = () => {
    timer ??= setInterval(show, TICK_MS)
  }
  start()
  return {
    start,
    stop(): void {
      if (timer === undefined) return
      clearInterval(timer)
      timer = undefined
      line.clear()
    },
  }
}
