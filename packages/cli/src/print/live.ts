import { cursorTo, moveCursor } from 'node:readline'
import { styleText } from 'node:util'
import type { ProviderStatus } from '@rollcall/core/schema'
import { models, seconds } from './figures.ts'

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 80
/** A line that wraps could not be drawn over. */
const LEAST_COLUMNS = 70

export function canShowLiveLines(terminal: NodeJS.WriteStream): boolean {
  return terminal.isTTY && terminal.columns >= LEAST_COLUMNS
}

/** One line per asked provider that changes in place, from "asking" to what became of it. */
export function createLiveLines(terminal: NodeJS.WriteStream, names: readonly string[]) {
  const outcomes = new Map<number, { status: ProviderStatus; durationMs: number }>()
  const nameWidth = Math.max(...names.map((name) => name.length))
  const startedAt = performance.now()
  let frame = 0
  let isDrawn = false

  const draw = () => {
    if (isDrawn) moveCursor(terminal, 0, -names.length)
    isDrawn = true
    frame++
    const lines = names.map((name, index) => {
      const outcome = outcomes.get(index)
      return outcome ? finished(name.padEnd(nameWidth), outcome) : asking(name.padEnd(nameWidth))
    })
    cursorTo(terminal, 0)
    terminal.write(lines.map((line) => `${line}\u001b[K\n`).join(''))
  }
  const asking = (name: string) =>
    `${styleText('cyan', FRAMES[frame % FRAMES.length] ?? '')} ${name}  ${styleText('dim', `asking… ${seconds(performance.now() - startedAt)}`)}`

  terminal.write('\u001b[?25l')
  draw()
  const timer = setInterval(draw, FRAME_MS)
  return {
    finish(index: number, status: ProviderStatus, durationMs: number) {
      outcomes.set(index, { status, durationMs })
      draw()
    },
    /** Leaves the lines as they are and gives the cursor back. */
    stop() {
      clearInterval(timer)
      draw()
      terminal.write('\u001b[?25h\n')
    },
  }
}

function finished(
  name: string,
  { status, durationMs }: { status: ProviderStatus; durationMs: number },
): string {
  const time = styleText('dim', seconds(durationMs))
  if (status.status === 'fresh') {
    const mark = status.code ? styleText('yellow', '!') : styleText('green', '✓')
    return `${mark} ${name}  ${models(status.model_count)}${status.code ? ', not all' : ''}  ${time}`
  }
  const cause = (status.code ?? 'failed').replaceAll('_', ' ')
  if (status.status === 'static') {
    return `${styleText('yellow', '!')} ${name}  ${cause}, ${models(status.model_count)} from the static list  ${time}`
  }
  return `${styleText('red', '✗')} ${name}  ${cause}  ${time}`
}
