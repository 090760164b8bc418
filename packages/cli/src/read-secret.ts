import { UsageError } from './usage-error.ts'

const MOST_BYTES = 65_536

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true
}

/** What is piped in, but for the newline that ends it. */
export async function readStdin(what: string): Promise<string> {
  let text = ''
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part
    if (text.length > MOST_BYTES) throw new UsageError(`What is piped in is far too long for ${what}.`)
  }
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '') throw new UsageError(`Nothing was piped in: ${what} is read from standard input.`)
  return secret
}

export class Cancelled extends Error {}

/** Asks in the terminal; what is secret is not shown. Throws Cancelled on Ctrl-C. */
export async function ask(message: string, { isSecret = false } = {}): Promise<string> {
  const { isCancel, password, text } = await import('@clack/prompts')
  const validate = (value: string | undefined) => (value?.trim() ? undefined : 'Please type something.')
  const answer = await (isSecret ? password({ message, validate }) : text({ message, validate }))
  if (isCancel(answer)) throw new Cancelled()
  return answer
}
