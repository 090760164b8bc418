import { styleText } from 'node:util'
import type { AvailableModels, Model, ProviderStatus } from '@rollcall/core/schema'
import { toCsv } from './csv.ts'
import { models as countOfModels, seconds } from './figures.ts'
import { toTable } from './table.ts'
import { toSafeJson } from './visible.ts'

export type Output = 'table' | 'json' | 'csv' | 'ids'

/** The streams of this process, or what stands in for them. */
export interface Streams {
  stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>
  stderr: Pick<NodeJS.WriteStream, 'write'>
}

/** Prints the answer in the chosen form: with the forms for programs, stdout holds that and nothing else. */
export function printAnswer(
  output: Output,
  answer: AvailableModels,
  sort: (models: readonly Model[]) => readonly Model[],
  tookMs: number,
  { stdout, stderr }: Streams = process,
): void {
  const listed = answer.providers.filter(({ provider_key }) => provider_key !== 'custom')
  const models = sort(listed.flatMap((group) => group.models))
  const remarks = answer.statuses.filter(({ message }) => message !== null)
  switch (output) {
    case 'json':
      stdout.write(`${toSafeJson(answer)}\n`)
      return
    case 'csv':
    case 'ids':
      stdout.write(output === 'csv' ? toCsv(models) : models.map(({ id }) => `${id}\n`).join(''))
      for (const { message } of remarks) stderr.write(`${message}\n`)
      return
    case 'table': {
      const width = stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY
      const parts = [
        ...(models.length > 0 ? [toTable(models, width)] : []),
        ...(remarks.length > 0 ? [remarks.map(toRemark).join('\n')] : []),
        summaryOf(models.length, listed.length, answer.statuses, tookMs),
      ]
      stdout.write(`${parts.join('\n\n')}\n`)
    }
  }
}

function toRemark({ status, message }: ProviderStatus): string {
  return `${status === 'failed' ? styleText('red', '✗') : styleText('yellow', '!')} ${message}`
}

function summaryOf(
  models: number,
  providers: number,
  statuses: readonly ProviderStatus[],
  tookMs: number,
): string {
  if (models > 0) {
    return `${countOfModels(models)} from ${providers} ${providers === 1 ? 'provider' : 'providers'} in ${seconds(tookMs)}.`
  }
  const wasNarrowed = statuses.some(({ model_count }) => model_count > 0)
  return wasNarrowed ? 'No model fits what you asked for.' : 'No models.'
}
