import { readdirSync, readFileSync } from 'node:fs'
import { enrich, type Facts } from '@rollcall/core'
import { createKnownPrices } from '@rollcall/core/known-prices'
import type { Model } from '@rollcall/core/schema'
import {
  READ_ON,
  readList,
  readRecordedCatalogue,
  readRecordedLists,
} from '../packages/core/src/testing/recorded-lists.ts'
import { median, print, printTable, spread } from './figures.ts'

const ROUNDS = 60
const WARM_UP = 60

const KNOWN: readonly [title: string, isKnown: (model: Model) => boolean][] = [
  ['context', ({ context_window }) => context_window !== undefined],
  ['price', ({ pricing }) => pricing?.input !== undefined && pricing.output !== undefined],
  ['modality', ({ modalities }) => modalities?.input !== undefined],
  ['released', ({ released_at }) => released_at !== undefined],
]

/** How much is known of the chat models of real lists, and what it costs to know it. */
export function benchFacts(): void {
  const { ROLLCALL_RECORDED_DIR: folder, ROLLCALL_CATALOGUE_DIR: catalogues } = process.env
  if (!folder || !catalogues) {
    print(
      '\nFacts: not measured, ROLLCALL_RECORDED_DIR and ROLLCALL_CATALOGUE_DIR name no folders of recorded bodies',
    )
    return
  }
  const lists = readRecordedLists((file) => readFileSync(`${folder}/${file}`))
  const catalogue = readRecordedCatalogue(readdirSync(catalogues), (file) =>
    readFileSync(`${catalogues}/${file}`),
  )
  const facts = { catalogue, prices: createKnownPrices(() => READ_ON) }
  const rows = lists.map(({ name, models }) => {
    const filled = enrich(models, facts)
    // also those of which only the catalogue says that they talk
    const isChat = filled.map(({ kind }) => kind === 'chat')
    const before = models.filter((_, index) => isChat[index])
    const after = filled.filter((_, index) => isChat[index])
    const shares = KNOWN.map(
      ([, isKnown]) => `${before.filter(isKnown).length} → ${after.filter(isKnown).length}`,
    )
    return [name, String(after.length), ...shares]
  })
  printTable(
    `Chat models of recorded lists of which it is known, from the provider alone → with a catalogue of ${catalogue.source.date} and the installed prices`,
    ['', 'of', ...KNOWN.map(([title]) => title)],
    rows,
  )
  benchCost(lists, facts)
}

function benchCost(lists: ReturnType<typeof readRecordedLists>, facts: Facts): void {
  const reading: number[] = []
  const filling: number[] = []
  let count = 0
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    let startedAt = performance.now()
    const read = lists.map(({ provider_key, bytes }) => readList(provider_key, bytes))
    const readMs = performance.now() - startedAt
    startedAt = performance.now()
    count = read.map((models) => enrich(models, facts).length).reduce((a, b) => a + b)
    const fillMs = performance.now() - startedAt
    if (round < WARM_UP) continue
    reading.push(readMs)
    filling.push(fillMs)
  }
  printTable(
    `Filling the holes of ${count.toLocaleString('en')} recorded models: median (least–most)`,
    ['', 'ms', '÷ reading'],
    [
      ['reading their lists', spread(reading), '1'],
      ['filling their holes', spread(filling), (median(filling) / median(reading)).toFixed(2)],
    ],
  )
}
