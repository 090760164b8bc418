import type { ReadBlock } from './nodes.ts'
import { readMarkdown } from './read-markdown.ts'

/** That it is there; then to each source its blocks, or null where it cannot be read. */
export type WorkerAnswer = 'ready' | readonly ReadBlock[] | null

/** Reads beside the page, which no text can hold up that way. */
addEventListener('message', ({ data }: MessageEvent<string>) => {
  postMessage(readOrNull(data))
})

function readOrNull(source: string): WorkerAnswer {
  try {
    return readMarkdown(source)
  } catch {
    return null // nested deeper than anybody reads
  }
}

postMessage('ready' satisfies WorkerAnswer)
