import { parseEventBlock, type StreamEvent } from '@rollcall/core/schema'

/** Reads the events of a body as they arrive; `onLife` is called with every byte of it. Throws as the body does. */
export async function* readEvents(
  body: AsyncIterable<Uint8Array>,
  onLife: () => void,
): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    onLife()
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const parsed = parseEventBlock(block)
      if (parsed) yield parsed
    }
  }
}
