import { CUSTOM_PROVIDER, type Model, type ProviderStatus, type StoredKey } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import type { KnownModels } from './known-models.ts'
import { firstOrder, inOrder, newcomers, pickerGroups } from './model-picker-groups.ts'
import { findOption, optionAt, type PickerView, pickerRows, rowAt } from './model-picker-rows.ts'
import { customIdFrom, highlightedIndex, indexAfter } from './model-picker-state.ts'
import { byGroup, rowsInSight } from './model-picker-window.ts'

const model = (id: string, more: Partial<Model> = {}): Model => ({ id, name: id, kind: 'chat', ...more })
const status = (provider_key: string, more: Partial<ProviderStatus> = {}): ProviderStatus => ({
  provider_key,
  name: provider_key.toUpperCase(),
  label: null,
  status: 'fresh',
  code: null,
  message: null,
  http_status: 200,
  fetched_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  retry_at: null,
  model_count: 1,
  dropped_count: 0,
  ...more,
})
const KNOWN: KnownModels = {
  providers: [
    {
      provider_key: 'a',
      name: 'A',
      models: [
        model('a/claude'),
        model('a/embed-claude', { kind: 'embedding' }),
        { id: 'a/odd', name: 'Odd' },
      ],
    },
    { provider_key: 'b', name: 'B', models: [model('b/my-claude'), model('b/claude-9')] },
    CUSTOM_PROVIDER,
  ],
  statuses: [
    status('a'),
    status('b'),
    status('c', { status: 'failed', code: 'key_rejected', message: 'C rejected this key.', model_count: 0 }),
  ],
  asking: new Map(),
  streams: 0,
}
const FAILED = ['# C: C rejected this key.']
const groups = pickerGroups(KNOWN, [])
const NOTHING: PickerView = {
  offers: [],
  groups: [],
  text: '',
  recent: [],
  favourites: new Set(),
  chosenId: '',
  showsAllKinds: false,
  showsSnapshots: false,
  isWithoutCustom: false,
}
const show = (view: Partial<PickerView> = {}) =>
  pickerRows({ ...NOTHING, offers: KNOWN.providers, groups, ...view })
const optionsOf = (found: ReturnType<typeof show>) =>
  Array.from({ length: found.optionCount }, (_, index) => optionAt(found, index)?.key)
const linesOf = (found: ReturnType<typeof show>) =>
  Array.from({ length: found.rowCount }, (_, index) => {
    const row = rowAt(found, index)
    if (row?.kind === 'heading') return `# ${row.group}${row.why === null ? '' : `: ${row.why}`}`
    return row?.kind === 'model' ? row.model.id : row?.text
  })

describe('pickerRows', () => {
  it('shows what can be run by provider, and beside a failed one why', () => {
    const found = show()
    expect(linesOf(found)).toEqual([
      '# A',
      'a/claude',
      'a/odd',
      '# B',
      'b/my-claude',
      'b/claude-9',
      ...FAILED,
    ])
    expect(found).toMatchObject({ shownCount: 4, hiddenCount: 1, actions: ['kinds', 'custom'] })
  })

  it('shows what is about to go behind what stays', () => {
    const groups = pickerGroups(KNOWN, [])
    const [first] = KNOWN.providers
    const old = {
      provider_key: 'a',
      name: 'A',
      models: [model('a/old', { deprecated: true }), ...(first?.models ?? [])],
    }
    const offers = [old, ...KNOWN.providers.slice(1)]
    const view = {
      offers,
      groups: groups.map((group) => (group.key === 'a' ? { ...group, offer: old } : group)),
    }
    const found = pickerRows({ ...NOTHING, ...view })
    const ids = [0, 1, 2]
      .map((index) => optionAt(found, index))
      .map((option) => option?.kind === 'model' && option.id)
    expect(ids).toEqual(['a/claude', 'a/odd', 'a/old'])
  })

  it('leads every option to its row and back', () => {
    const found = show({ recent: ['b/claude-9'] })
    for (let index = 0; index < found.optionCount - found.actions.length; index++) {
      const option = optionAt(found, index)
      const row = option?.kind === 'model' ? rowAt(found, option.row) : undefined
      expect(row).toMatchObject({ kind: 'model', key: option?.key, option: index })
    }
    expect(rowAt(found, found.rowCount)?.kind).not.toBe('model')
    expect(optionAt(found, found.optionCount)).toBeUndefined()
  })

  it('puts those last used first, as far as they are listed', () => {
    const found = show({ recent: ['gone/x', 'b/claude-9', 'a/claude'] })
    expect(linesOf(found).slice(0, 4)).toEqual(['# Recent', 'b/claude-9', 'a/claude', '# A'])
    expect(found.shownCount).toBe(4)
  })

  it('puts favourites before them, each once above its provider', () => {
    const found = show({ recent: ['b/claude-9', 'a/claude'], favourites: new Set(['gone/x', 'b/claude-9']) })
    expect(linesOf(found).slice(0, 5)).toEqual(['# Favourites', 'b/claude-9', '# Recent', 'a/claude', '# A'])
    expect(found.shownCount).toBe(4)
    expect(linesOf(show({ text: 'odd', favourites: new Set(['a/odd']) }))).toEqual([
      '# A',
      'a/odd',
      ...FAILED,
    ])
  })

  it('folds snapshots under their alias, but not what is chosen, and finds and shows them all when asked', () => {
    const offer = {
      provider_key: 'a',
      name: 'A',
      models: [
        model('a/x-2025', { snapshot_of: 'a/x' }),
        model('a/x'),
        model('a/x-2026', { snapshot_of: 'a/x' }),
        model('a/y-2026', { snapshot_of: 'a/y' }),
      ],
    }
    const offers = [offer]
    const view = { offers, groups: pickerGroups({ ...KNOWN, providers: offers, statuses: [] }, []) }
    const folded = show(view)
    expect(linesOf(folded)).toEqual(['# A', 'a/x', 'a/y-2026'])
    expect(folded).toMatchObject({ foldedCount: 2, actions: ['snapshots', 'custom'] })
    expect(linesOf(show({ ...view, chosenId: 'a/x-2026' }))).toEqual(['# A', 'a/x', 'a/x-2026', 'a/y-2026'])
    expect(linesOf(show({ ...view, showsSnapshots: true }))).toHaveLength(5)
    expect(linesOf(show({ ...view, text: 'x' }))).toEqual(['# A', 'a/x', 'a/x-2025', 'a/x-2026'])
  })

  it('has no custom model where none can be used', () => {
    expect(optionsOf(show({ text: 'zzz', isWithoutCustom: true }))).toEqual([])
    expect(indexAfter('ArrowDown', 0, 0, 5)).toBeUndefined()
  })

  it('searches all, with the best match and its provider first, and ends with who could not be searched', () => {
    expect(linesOf(show({ text: ' claude ', recent: ['a/odd'] }))).toEqual([
      '# A',
      'a/claude',
      '# B',
      'b/claude-9',
      'b/my-claude',
      ...FAILED,
    ])
    expect(linesOf(show({ text: 'my' }))).toEqual(['# B', 'b/my-claude', ...FAILED])
  })

  it('says how many of other kinds match, and shows them when asked', () => {
    const found = show({ text: 'embed' })
    expect(linesOf(found)).toContain('1 other model matches: show all kinds.')
    expect(optionsOf(found)).toEqual(['kinds', 'custom'])
    expect(linesOf(show({ text: 'embed', showsAllKinds: true }))).toEqual([
      '# A',
      'a/embed-claude',
      ...FAILED,
    ])
  })

  it('always ends with the custom model, and tells who has not answered where nothing is found', () => {
    const found = show({ text: 'zzz' })
    expect(optionsOf(found)).toEqual(['custom'])
    expect(linesOf(found)).toEqual(['No model of your keys matches “zzz”.', ...FAILED])
    const nothing = pickerRows(NOTHING)
    expect([linesOf(nothing), optionsOf(nothing)]).toEqual([[], ['custom']])
  })
})

describe('pickerGroups', () => {
  it('names a stored key that was not asked yet', () => {
    const stored = [{ provider: 'd', name: 'D', label: 'work' }] as StoredKey[]
    const last = pickerGroups(KNOWN, stored).at(-1)
    expect(last).toMatchObject({
      key: 'd',
      offer: undefined,
      states: [{ label: 'work', words: 'not asked' }],
    })
  })

  it('puts who failed before all models when it is opened', () => {
    const order = firstOrder(groups)
    expect(order).toEqual(['c', 'a', 'b'])
    expect(linesOf(show({ groups: inOrder(groups, order) })).slice(0, 2)).toEqual([...FAILED, '# A'])
  })

  it('puts whoever answers late behind those that are shown', () => {
    const order = ['b']
    expect(newcomers(groups, order)).toEqual(['a'])
    expect(inOrder(groups, [...order, 'a']).map(({ key }) => key)).toEqual(['b', 'a', 'c'])
  })
})

describe('the highlight', () => {
  it('is on what is chosen, then on the best match', () => {
    const found = show()
    expect(highlightedIndex(found, { highlight: undefined, text: undefined }, 'b/my-claude')).toBe(2)
    expect(highlightedIndex(found, { highlight: undefined, text: 'b' }, 'b/my-claude')).toBe(0)
    expect(highlightedIndex(found, { highlight: undefined, text: undefined }, 'gone/x')).toBe(0)
  })

  it('stays with its option when others come before it', () => {
    const highlight = { key: 'custom', index: 5 }
    expect(highlightedIndex(show(), { highlight, text: undefined }, '')).toBe(5)
    const more = show({ recent: ['a/claude', 'a/odd'] })
    expect(optionAt(more, highlightedIndex(more, { highlight, text: undefined }, ''))?.key).toBe('custom')
    expect(findOption(more, (_, key) => key() === 'a a/odd')).toBe(3)
  })

  it.each([
    ['ArrowDown', 4, 0],
    ['ArrowUp', 0, 4],
    ['PageDown', 3, 4],
    ['PageUp', 1, 0],
    ['Home', 3, 0],
    ['End', 0, 4],
    ['x', 0, undefined],
  ])('goes with %s from %i to %s of five', (key, from, to) => {
    expect(indexAfter(key, from, 5, 3)).toBe(to)
  })
})

describe('customIdFrom', () => {
  it('takes over what finds nothing or is an id, and no search word', () => {
    expect(customIdFrom(' my-model ', { shownCount: 0 })).toBe('my-model')
    expect(customIdFrom('openai/gpt', { shownCount: 3 })).toBe('openai/gpt')
    expect(customIdFrom('gpt', { shownCount: 3 })).toBeUndefined()
    expect(customIdFrom(' ', { shownCount: 0 })).toBeUndefined()
  })
})

describe('the rows in sight', () => {
  it('are few, and the highlighted one among them wherever it is', () => {
    const option = { kind: 'model', key: 'k', id: 'i', row: 900 } as const
    const rows = rowsInSight(1000, 100, 10, option)
    expect(rows.length).toBeLessThan(30)
    expect(rows).toContain(100)
    expect(rows).toContain(109)
    expect(rows).toContain(900)
    expect(rowsInSight(3, 100, 10, undefined)).toEqual([0, 1, 2])
  })

  it('stand with their group', () => {
    expect(byGroup(show(), [0, 1, 3]).map(({ group, rows }) => [group, rows.length])).toEqual([
      ['A', 2],
      ['B', 1],
    ])
  })
})
