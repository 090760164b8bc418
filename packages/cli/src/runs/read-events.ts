/** One event of a `text/event-stream`. */
export interface StreamEvent {
  event: string
  data: string
  /** Where to go on, should the stream end before its time. */
  id: string | undefined
}

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
      const parsed = parseBlock(block)
      if (parsed) yield parsed
    }
  }
}

function parseBlock(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const [, name, value = ''] = /^([a-z]+):? ?(.*)$/.exec(line) ?? []
    if (name === undefined) continue
    fields.set(name, name === 'data' && fields.has(name) ? `${fields.get(name)}\n${value}` : value)
  }
  const data = fields.get('data')
  if (data === undefined) return undefined
  return { event: fields.get('event') ?? 'message', data, id: fields.get('id') }
}
