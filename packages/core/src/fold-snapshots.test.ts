import { expect, it } from 'vitest'
import { foldSnapshots } from './fold-snapshots.ts'

it('folds snapshots under their alias, where it is in the same list, and loses none', () => {
  const model = (id: string, alias?: string) => ({ id, name: id, ...(alias ? { snapshot_of: alias } : {}) })
  const list = [
    model('p/a-2024', 'p/a'),
    model('p/b'),
    model('p/a'),
    model('p/a-2025', 'p/a'),
    model('p/c-2025', 'p/c'),
    model('p/d', 'p/d'),
  ]
  const folded = foldSnapshots(list, (one) => one)
  expect(folded.map(({ item, snapshots }) => [item.id, ...snapshots.map(({ id }) => id)])).toEqual([
    ['p/b'],
    ['p/a', 'p/a-2024', 'p/a-2025'],
    ['p/c-2025'],
    ['p/d'],
  ])
})
