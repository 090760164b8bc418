import { describe, expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

/** The text in pieces of so many bytes, as a network may cut it. */
function inPieces(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}

async function read(text: string, size: number) {
  const events = []
  for await (const event of readEvents(inPieces(text, size))) events.push(event)
  return events
}

describe('reading a stream of events', () => {
  const text =
    'event: snapshot\ndata: {"name":"é😀"}\n\n: still here\n\nevent: provider\nid: 7,0\ndata: one\ndata: two\n\ndata:bare\n\nevent: cut'

  it.each([1, 2, 3, 7, 1000])('hears the same however it is cut (%i bytes)', async (size) => {
    expect(await read(text, size)).toEqual([
      { event: 'snapshot', data: '{"name":"é😀"}' },
      { event: 'provider', data: 'one\ntwo', id: '7,0' },
      { event: 'message', data: 'bare' },
    ])
  })

  it('lets go of the stream when its reader has heard enough', async () => {
    let isCancelled = false
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('data: more\n\n')),
      cancel() {
        isCancelled = true
      },
    })
    for await (const _ of readEvents(endless)) break
    expect(isCancelled).toBe(true)
  })
})
