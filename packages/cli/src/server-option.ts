import { InvalidArgumentError, Option } from 'commander'
import { heading } from './print/heading.ts'

/** Of what can only be done at a server. */
export const SERVER_OPTION = [
  '--server <url>',
  'which server (ROLLCALL_SERVER, else http://127.0.0.1:3000)',
] as const

export const SERVER_VARIABLES = `${heading('Variables:')}
  ROLLCALL_SERVER   the server, where --server names none (http://127.0.0.1:3000)
  ROLLCALL_TOKEN    a personal access token, in place of the one that is kept`

/** Where words follow that are no address, one of them could be taken for it. */
export function serverOption(): Option {
  return new Option('--server [url]', 'ask a Rollcall server, with the keys stored there').argParser(
    (text: string) => {
      if (/^https?:/i.test(text)) return text
      throw new InvalidArgumentError(
        'Put --server at the end, or write it as --server=https://rollcall.example.com.',
      )
    },
  )
}
