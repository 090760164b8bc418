import { InvalidArgumentError, Option } from 'commander'

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
