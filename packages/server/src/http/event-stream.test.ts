import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { expect, it } from 'vitest'
import { createLog } from '../log.ts'
import type { AppContext } from './bind.ts'
import { createEventStreams } from './event-stream.ts'

const EVENTS = 64
const MEGABYTE = 'x'.repeat(1024 * 1024)

it('keeps little for a reader who does not read, and tells them all once they do', async () => {
  const openStream = createEventStreams({
    storage: { onChange: () => () => {} },
    log: createLog('silent'),
    closing: new AbortController().signal,
  })
  let told = 0
  const app = new Hono().get('/', (context) =>
    openStream(
      { userId: 'ada', context: context as unknown as AppContext, endings: [] },
      {
        async tell(send) {
          for (; told < EVENTS; told++) await send('much', MEGABYTE)
        },
      },
    ),
  )
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}`)
  await expect.poll(() => told).toBeGreaterThan(0)
  expect(told).toBeLessThan(EVENTS)
  const text = await response.text()
  expect(text.split('event: much\n')).toHaveLength(EVENTS + 1)
  server.close()
})
