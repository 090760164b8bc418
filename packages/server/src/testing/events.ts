import { parseEventBlock } from '@rollcall/core/schema'
import { recordEvidence } from './evidence.ts'
import type { TestServer } from './test-server.ts'

export interface ToldEvent {
  event: string
  // biome-ignore lint/suspicious/noExplicitAny: what a test expects of it, the test says
  data: any
  id?: string
}

/** Listens to a stream of events. Iterating ends with the stream; `close` hangs up. */
export async function listenToEvents(
  server: Pick<TestServer, 'address'>,
  path: string,
  token: string,
  headers: Record<string, string> = {},
) {
  const hangUp = new AbortController()
  const response = await fetch(`${server.address}${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'text/event-stream',
      'accept-encoding': 'gzip, br',
      ...headers,
    },
    signal: hangUp.signal,
  })
  async function* read(): AsyncGenerator<ToldEvent> {
    let text = ''
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks.filter((one) => !one.startsWith(':'))) {
        recordEvidence('response', block)
        const { data = '', ...event } = parseEventBlock(block) ?? { event: '' }
        yield { ...event, data: JSON.parse(data) }
      }
    }
  }
  const events = read()
  return {
    status: response.status,
    headers: response.headers,
    next: async (): Promise<ToldEvent | undefined> => (await events.next()).value ?? undefined,
    async all(): Promise<ToldEvent[]> {
      const told: ToldEvent[] = []
      for await (const event of events) told.push(event)
      return told
    },
    close: () => hangUp.abort(),
  }
}
