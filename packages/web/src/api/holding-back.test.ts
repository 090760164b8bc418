import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHoldingBack, HELD_BACK_MS } from './holding-back.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function arrange(send: () => Promise<unknown> = async () => undefined) {
  const toasts: { text: string; action?: { label: string; onAct: () => void } }[] = []
  const sent: string[] = []
  const held = createHoldingBack({
    showToast(toast) {
      toasts.push(toast)
      return () => void toasts.splice(toasts.indexOf(toast), 1)
    },
    sentenceOf: (error) => (error instanceof Error ? error.message : null),
  })
  const change = (id: string) => ({
    id,
    text: `${id} deleted`,
    send: () => {
      sent.push(id)
      return send()
    },
    sendOnLeaving: () => void sent.push(`${id} on leaving`),
  })
  return { held, toasts, sent, change }
}

describe('what is held back', () => {
  it('is hidden at once, sent when its time is over, and shown no more than the server knows then', async () => {
    const answered = Promise.withResolvers<void>()
    const { held, toasts, sent, change } = arrange(() => answered.promise)
    held.holdBack(change('a'))
    expect([...held.hidden()]).toEqual(['a'])
    expect(toasts).toMatchObject([{ text: 'a deleted', action: { label: 'Undo' } }])
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS - 1)
    expect(sent).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(sent).toEqual(['a'])
    expect(toasts).toEqual([])
    expect([...held.hidden()]).toEqual(['a'])
    answered.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect([...held.hidden()]).toEqual([])
  })

  it('comes back with "Undo" and is never sent', async () => {
    const { held, toasts, sent, change } = arrange()
    held.holdBack(change('a'))
    toasts[0]?.action?.onAct()
    expect([...held.hidden()]).toEqual([])
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS * 2)
    held.leave()
    expect(sent).toEqual([])
    expect(toasts).toEqual([])
  })

  it('is sent once where the page is left', async () => {
    const { held, sent, change } = arrange()
    held.holdBack(change('a'))
    held.leave()
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS * 2)
    expect(sent).toEqual(['a on leaving'])
    expect([...held.hidden()]).toEqual(['a'])
  })

  it('is sent at once before signing out, and only once', async () => {
    const { held, sent, change } = arrange()
    held.holdBack(change('a'))
    held.holdBack(change('b'))
    const all = held.sendAll()
    await vi.advanceTimersByTimeAsync(0)
    await all
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS * 2)
    expect(sent).toEqual(['a', 'b'])
  })

  it('is not sent in the name of whoever signs in next', async () => {
    const { held, toasts, sent, change } = arrange()
    held.holdBack(change('a'))
    held.forget()
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS * 2)
    held.leave()
    expect(sent).toEqual([])
    expect(toasts).toEqual([])
    expect([...held.hidden()]).toEqual([])
  })

  it('comes back where the server refused, with its sentence', async () => {
    const { held, toasts, change } = arrange(async () => {
      throw new Error('The server is away.')
    })
    held.holdBack(change('a'))
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS)
    expect([...held.hidden()]).toEqual([])
    expect(toasts).toEqual([{ text: 'Not deleted. The server is away.' }])
  })

  it('stays hidden where the same is deleted again while the first one is being sent', async () => {
    const answered = Promise.withResolvers<void>()
    const { held, change } = arrange(() => answered.promise)
    held.holdBack(change('a'))
    await vi.advanceTimersByTimeAsync(HELD_BACK_MS)
    held.holdBack(change('a'))
    answered.resolve()
    await vi.advanceTimersByTimeAsync(0)
    expect([...held.hidden()]).toEqual(['a'])
  })
})
