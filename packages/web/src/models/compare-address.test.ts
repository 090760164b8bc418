import { describe, expect, it } from 'vitest'
import { compareAddress, readCompared, withCompared } from './compare-address.ts'

describe('the address of a comparison', () => {
  it.each<[string, string[], boolean]>([
    ['/compare', [], false],
    ['/compare?ids=openai/gpt-4o,openrouter/a/b:free', ['openai/gpt-4o', 'openrouter/a/b:free'], false],
    ['/compare?ids=a/b%26c%2Cd&only=differences', ['a/b&c', 'd'], true],
  ])('%s reads as it was written', (address, ids, isOnlyDifferences) => {
    const [, query = ''] = address.split('?')
    expect(readCompared(query)).toEqual({ ids, leftOut: 0, isOnlyDifferences })
    expect(readCompared(compareAddress(ids, isOnlyDifferences).split('?')[1] ?? '')).toEqual(
      readCompared(query),
    )
  })

  it('names each model once, and says how many are too many', () => {
    expect(readCompared('ids=a/1,,a/1,a/2,a/3,a/4,a/5,a/6,a/7,a/8')).toMatchObject({
      ids: ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6'],
      leftOut: 2,
    })
  })

  it('takes one more where there is room', () => {
    expect(withCompared('', 'a/1')).toBe('/compare?ids=a/1')
    expect(withCompared('?ids=a/1&only=differences', 'a/2')).toBe('/compare?ids=a/1,a/2&only=differences')
    expect(withCompared('?ids=a/1', 'a/1')).toBe('/compare?ids=a/1')
    expect(withCompared('?ids=1,2,3,4,5,6', 'a/7')).toBe('/compare?ids=1,2,3,4,5,6')
  })
})
