/** One line that changes in place, where there is a terminal; nothing elsewhere. */
export function createProgressLine(terminal: NodeJS.WriteStream): {
  show(text: string): void
  clear(): void
} {
  const canDraw = terminal.isTTY && process.env.TERM !== 'dumb'
  const write = (text: string) => {
    if (canDraw) terminal.write(`\r\u001b[K${text}`)
  }
  return { show: write, clear: () => write('') }
}
