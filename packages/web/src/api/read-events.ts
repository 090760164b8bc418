import { parseEventBlock, type StreamEvent } from '@rollcall/core/schema'

/** Reads events as they arrive. EventSource cannot send the Authorization header, hence our own reading. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamEvent> {
  let rest = ''
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader()
  try {
    while (true) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const parsed = parseEventBlock(block)
        if (parsed) yield parsed
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined) // it has ended, or broke: there is nothing left to cancel
  }
}
