import { describe, expect, it } from 'vitest'
import { parseEventBlock } from './event-block.ts'

describe('an event', () => {
  it.each([
    ['event: text\ndata: {"a":1}\nid: 3.0', { event: 'text', data: '{"a":1}', id: '3.0' }],
    ['data:a\ndata: b', { event: 'message', data: 'a\nb' }],
    // a line for JavaScript's patterns, not for the stream
    ['event: text\ndata: "a\u2028b\u2029c"', { event: 'text', data: '"a\u2028b\u2029c"' }],
    [': still here', undefined],
    ['event: text', undefined],
  ])('is read from %j', (block, event) => {
    expect(parseEventBlock(block)).toEqual(event)
  })
})
