import { PROVIDERS } from '@rollcall/core'
import type { AvailableModels, ModelMark } from '@rollcall/core/schema'
import { fitsMarks, selectModels } from '@rollcall/core/select-models'
import { atServer } from '../at-server.ts'
import {
  EXIT,
  type ModelsOptions,
  outputOf,
  readProviders,
  readSelection,
  refuseLocalOptions,
} from '../models-options.ts'
import { printAnswer } from '../print/answer.ts'

/** Asks a server for what the keys stored there can use, and prints it the very same way. */
export function serverModelsCommand(options: ModelsOptions): Promise<number> {
  const output = outputOf(options)
  const selection = readSelection(options)
  const wanted = readProviders(options.provider)
  refuseLocalOptions(options)
  const startedAt = performance.now()
  const query = {
    ...(options.refresh ? { force_refresh: 'true' as const } : {}),
    ...(wanted ? { provider: wanted.map(({ key }) => key).join(',') } : {}),
  }
  return atServer(
    options.server,
    ({ call }) => Promise.all([call('availableModels', { query }), call('listModelMarks', {})]),
    ([answer, { marks }], { server }) => {
      const { statuses } = answer
      const asked = new Set(statuses.map(({ provider_key }) => provider_key))
      const notAsked = (wanted ?? [])
        .filter(({ key }) => !asked.has(key))
        .map(({ key, name }) => `${name} was not asked: store a key with "rollcall keys add ${key}".`)
      if (statuses.length === 0 && !wanted) {
        notAsked.push(
          `You have no keys at ${server}: store one with "rollcall keys add <provider>", such as ${PROVIDERS[0]?.key}.`,
        )
      }
      const tookMs = performance.now() - startedAt
      const selected = selectModels(withMarks(answer, marks, options), selection)
      printAnswer(output, selected, { notAsked, tookMs, sort: selection.sort })
      const hasFailed = statuses.every(({ status }) => status === 'failed' || status === 'static')
      return statuses.length > 0 && hasFailed ? EXIT.allFailed : EXIT.answered
    },
  )
}

/** As the API has it: what is hidden is only shown to whoever asks for it. */
function withMarks(
  answer: AvailableModels,
  marks: readonly ModelMark[],
  options: ModelsOptions,
): AvailableModels {
  const { favourite, hidden } = options
  const fits = fitsMarks(marks, {
    ...(favourite ? { favourite } : {}),
    ...(hidden ? { hidden } : {}),
  })
  const providers = answer.providers.flatMap((group) => {
    if (group.provider_key === 'custom') return [group]
    const models = group.models.filter(({ id }) => fits(id))
    return models.length > 0 ? [{ ...group, models }] : []
  })
  return { ...answer, providers }
}
