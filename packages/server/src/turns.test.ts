import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

describe('turns', () => {
  /** Work that ends when it is told to. */
  function createWork() {
    const begun: { name: string; end: (error?: Error) => void }[] = []
    const work = (name: string) => () =>
      new Promise<string>((resolve, reject) => {
        begun.push({ name, end: (error) => (error ? reject(error) : resolve(name)) })
      })
    return { begun, work, names: () => begun.map(({ name }) => name) }
  }
  const settle = () => new Promise((resolve) => setImmediate(resolve))

  it('are taken by so many at once, the others in the order they came', async () => {
    const { take } = createTurns(2)
    const { begun, work, names } = createWork()
    const taken = ['a', 'b', 'c', 'd'].map((name) => take('line', work(name)))
    await settle()
    expect(names()).toEqual(['a', 'b'])
    begun[1]?.end()
    await settle()
    expect(names()).toEqual(['a', 'b', 'c'])
    // whoever comes now is last
    taken.push(take('line', work('e')))
    begun[0]?.end()
    await settle()
    expect(names()).toEqual(['a', 'b', 'c', 'd'])
    for (let index = 2; index < 5; index++) {
      begun[index]?.end()
      await settle()
    }
    expect(await Promise.all(taken)).toEqual(['a', 'b', 'c', 'd', 'e'])
  })

  it('of one name do not wait for those of another', async () => {
    const { take } = createTurns(1)
    const { work, names } = createWork()
    void take('one', work('a'))
    void take('other', work('b'))
    void take('one', work('c'))
    await settle()
    expect(names()).toEqual(['a', 'b'])
  })

  it('go on after work that failed', async () => {
    const { take } = createTurns(1)
    const { begun, work, names } = createWork()
    const failed = take('line', work('a'))
    void take('line', work('b'))
    begun[0]?.end(new Error('no'))
    await expect(failed).rejects.toThrow('no')
    await settle()
    expect(names()).toEqual(['a', 'b'])
  })
})
