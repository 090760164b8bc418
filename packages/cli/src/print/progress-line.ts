/** What a terminal has where it does not say. */
const USUAL_COLUMNS = 80

/** One line that changes in place, where there is a terminal; nothing elsewhere. */
export function createProgressLine(terminal: NodeJS.WriteStream): {
  show(text: string): void
  clear(): void
} {
  const canDraw = terminal.isTTY && process.env.TERM !== 'dumb'
  const write = (text: string) => {
    // one that wraps could not be drawn over
    if (canDraw) terminal.write(`\r\u001b[K${text.slice(0, (terminal.columns || USUAL_COLUMNS) - 1)}`)
  }
  return { show: write, clear: () => write('') }
}
