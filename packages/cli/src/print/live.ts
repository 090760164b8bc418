import { cursorTo, moveCursor } from 'node:readline'
import { styleText } from 'node:util'
import { models, seconds } from '@rollcall/core/figures'
import type { ProviderStatus } from '@rollcall/core/schema'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 80
/** The longest line we write; one that wraps could not be drawn over. */
const LEAST_COLUMNS = 60

interface Outcome {
  status: ProviderStatus
  durationMs: number
}

export interface LiveLines {
  finish(index: number, outcome: Outcome): void
  /** Leaves the lines as they are and gives the cursor back. */
  stop(): void
}

/**
 * One line per provider, from "asking" to what became of it: changing in place, or where the terminal is too small or
 * too simple for that, written once each as it answers.
 */
export function createLiveLines(terminal: NodeJS.WriteStream, names: readonly string[]): LiveLines {
  const nameWidth = Math.max(...names.map((name) => name.length))
  const nameOf = (index: number) => (names[index] ?? '').padEnd(nameWidth)
  const canDraw =
    process.env.TERM !== 'dumb' && terminal.columns >= LEAST_COLUMNS && terminal.rows > names.length + 1
  if (!canDraw) {
    return {
      finish: (index, outcome) => terminal.write(`${finished(nameOf(index), outcome)}\n`),
      stop: () => terminal.write('\n'),
    }
  }

  const outcomes = new Map<number, Outcome>()
  const startedAt = performance.now()
  let frame = 0
  const draw = () => {
    if (frame > 0) moveCursor(terminal, 0, -names.length)
    frame++
    const lines = names.map((_, index) => {
      const outcome = outcomes.get(index)
      return outcome ? finished(nameOf(index), outcome) : asking(nameOf(index))
    })
    cursorTo(terminal, 0)
    terminal.write(lines.map((line) => `${line}\u001b[K\n`).join(''))
  }
  const asking = (name: string) => {
    const time = styleText('dim', `asking… ${seconds(performance.now() - startedAt)}`)
    return `${styleText('cyan', FRAMES[frame % FRAMES.length] ?? '')} ${name}  ${time}`
  }
  const showCursor = () => terminal.write('\u001b[?25h')

  // whatever ends the process, the cursor comes back
  process.once('exit', showCursor)
  // at another size the lines are no longer where they were: from then on each is written once
  let isDrawing = true
  const resized = () => {
    isDrawing = false
    clearInterval(timer)
    showCursor()
  }
  terminal.write('\u001b[?25l')
  draw()
  const timer = setInterval(draw, FRAME_MS)
  terminal.once('resize', resized)
  return {
    finish(index, outcome) {
      outcomes.set(index, outcome)
      if (isDrawing) draw()
      else terminal.write(`${finished(nameOf(index), outcome)}\n`)
    },
    stop() {
      clearInterval(timer)
      if (isDrawing) draw()
      showCursor()
      terminal.off('resize', resized)
      process.off('exit', showCursor)
      terminal.write('\n')
    },
  }
}

function finished(name: string, { status, durationMs }: Outcome): string {
  const time = styleText('dim', seconds(durationMs))
  if (status.status === 'fresh') {
    const mark = status.code ? styleText('yellow', '!') : styleText('green', '✓')
    return `${mark} ${name}  ${models(status.model_count)}${status.code ? ', not all' : ''}  ${time}`
  }
  const cause = (status.code ?? 'failed').replaceAll('_', ' ')
  if (status.status === 'static') return `${styleText('yellow', '!')} ${name}  ${cause}, static list  ${time}`
  return `${styleText('red', '✗')} ${name}  ${cause}  ${time}`
}
