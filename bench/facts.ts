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

const ROUNDS = 300
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

/** What filling adds to reading: rounds of reading alone and of both in turn, so that each pays for its own garbage. */
function benchCost(lists: ReturnType<typeof readRecordedLists>, facts: Facts): void {
  const read = () => lists.map(({ provider_key, bytes }) => readList(provider_key, bytes))
  const fill = (groups: Model[][]) => groups.map((models) => enrich(models, facts))
  const reading: number[] = []
  const both: number[] = []
  const time = (work: () => unknown, times: number[], round: number): void => {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    if (round >= WARM_UP) times.push((user + system) / 1000)
  }
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    time(read, reading, round)
    time(() => fill(read()), both, round)
  }
  const count = fill(read()).flat().length
  printTable(
    `Reading ${count.toLocaleString('en')} recorded models, without and with filling their holes, in turn: median (least–most)`,
    ['', 'ms CPU', '÷ reading alone'],
    [
      ['reading', spread(reading), '1'],
      ['and filling', spread(both), (median(both) / median(reading)).toFixed(3)],
    ],
  )
}
