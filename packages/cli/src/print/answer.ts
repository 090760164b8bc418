import { styleText } from 'node:util'
import { models as countOfModels, seconds } from '@rollcall/core/figures'
import type { AvailableModels, Model, ProviderStatus } from '@rollcall/core/schema'
import { type Sort, sortModels } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import { toModelsCsv } from './models-csv.ts'
import { toSafeJson } from './safe-json.ts'
import { isStatic, toTable } from './table.ts'
import { wrap } from './wrap.ts'

export type Output = 'table' | 'json' | 'csv' | 'ids'

/** What a terminal has where it does not say. */
const USUAL_COLUMNS = 80

export interface Remarks {
  /** Providers that were named but have no key. */
  notAsked: readonly string[]
  tookMs: number
  sort: Sort | undefined
}

/** Prints the answer in the chosen form: with the forms for programs, stdout holds that and nothing else. */
export function printAnswer(output: Output, answer: AvailableModels, remarks: Remarks): void {
  const { stdout, stderr } = process
  const listed = answer.providers.filter(({ provider_key }) => provider_key !== 'custom')
  const models = sortModels(
    listed.flatMap((group) => group.models),
    remarks.sort,
  )
  const problems = [
    ...remarks.notAsked.map((sentence) => ['!', sentence] as const),
    ...answer.statuses.flatMap(problemsOf),
  ]
  switch (output) {
    case 'json':
      stdout.write(`${toSafeJson(answer)}\n`)
      for (const sentence of remarks.notAsked) stderr.write(`${sentence}\n`)
      return
    case 'csv':
    case 'ids':
      stdout.write(output === 'csv' ? toModelsCsv(models) : models.map(({ id }) => `${id}\n`).join(''))
      for (const [, sentence] of problems) stderr.write(`${sentence}\n`)
      return
    case 'table': {
      const width = stdout.isTTY ? stdout.columns || USUAL_COLUMNS : Number.POSITIVE_INFINITY
      const marked = problems.map(([mark, sentence]) => {
        const [head = '', ...tail] = wrap(`${mark} ${sentence}`, width, '  ').split('\n')
        return [head.replace(mark, styleText(mark === '✗' ? 'red' : 'yellow', mark)), ...tail].join('\n')
      })
      const parts = [
        ...(models.length > 0 ? [toTable(models, width, remarks.sort?.by)] : []),
        ...(marked.length > 0 ? [marked.join('\n')] : []),
        wrap(summaryOf(answer, models, remarks.tookMs), width, ''),
        ...sourcesOf(models).map((sentence) => wrap(sentence, width, '')),
      ]
      stdout.write(`${parts.join('\n\n')}\n`)
    }
  }
}

/** Whose word the figures are that are not the providers' own. */
function sourcesOf(models: readonly Model[]): string[] {
  const sources = models.flatMap((model) => Object.values(model.sources ?? {}))
  const named = new Set(
    sources.flatMap(({ from, date }) => (from === 'static' ? [] : `${visible(from)} (${visible(date)})`)),
  )
  if (named.size === 0) return []
  return [
    `What the providers do not say is from ${[...named].join(' and ')}; "rollcall show <model>" tells which.`,
  ]
}

/** What a person should know of one list, with the label of its key where it has one. */
export function problemsOf(status: ProviderStatus): (readonly ['✗' | '!', string])[] {
  const { name, label, message, dropped_count: dropped } = status
  const what = dropped === 1 ? 'one entry that cannot' : `${dropped.toLocaleString('en')} entries that cannot`
  const sentences = [
    message ?? (status.status === 'stale' ? ageOf(status) : undefined),
    dropped === 0 ? undefined : `${name} lists ${what} be read; the others are shown.`,
  ].filter((sentence) => sentence !== undefined)
  return sentences.map((sentence) => [
    status.status === 'failed' ? '✗' : '!',
    label === null ? sentence : `${visible(label)}: ${sentence}`,
  ])
}

/** Of a server's list that is shown while a newer one is on its way. */
function ageOf({ name, fetched_at }: ProviderStatus): string {
  const moment = fetched_at === null ? 'some time ago' : `${fetched_at.slice(0, 16).replace('T', ' ')} UTC`
  return `${name}'s list is of ${moment} and is being asked for anew: "rollcall models --server --refresh" waits for that.`
}

/** "967 models: OpenAI 130 · Groq 20 … in 0.93 s.", and how many of them nobody confirmed just now. */
function summaryOf(answer: AvailableModels, models: readonly Model[], tookMs: number): string {
  if (models.length === 0) {
    const wasNarrowed = answer.statuses.some(({ model_count }) => model_count > 0)
    return wasNarrowed ? 'No model fits what you asked for.' : 'No models.'
  }
  const groups = answer.providers.filter(({ provider_key }) => provider_key !== 'custom')
  const counts = groups.map((group) => `${group.name} ${group.models.length.toLocaleString('en')}`)
  const fixed = models.filter(isStatic).length
  const providers = `${groups.length} ${groups.length === 1 ? 'provider' : 'providers'}`
  const note = fixed > 0 ? ` (${fixed} of them from a static list)` : ''
  const list = groups.length > 1 ? `: ${counts.join(' · ')}` : ''
  return `${countOfModels(models.length)} from ${providers} in ${seconds(tookMs)}${note}${list}.`
}
