import type { AvailableModels, Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { CommandError } from './command-error.ts'

/**
 * The model of an answer for each name: by its whole id, or by its provider's own id where only one provider has it.
 * Throws one sentence that says what is missing and why.
 */
export function findModels({ providers, statuses }: AvailableModels, names: readonly string[]): Model[] {
  const models = providers.flatMap((group) => (group.provider_key === 'custom' ? [] : group.models))
  return names.map((name) => {
    const whole = models.find(({ id }) => id === name)
    if (whole) return whole
    const own = models.filter(({ id }) => id.slice(id.indexOf('/') + 1) === name)
    const [only] = own
    if (only && own.length === 1) return only
    const shown = visible(name)
    if (only)
      throw new CommandError(
        `${shown} could be ${own.map(({ id }) => visible(id)).join(' or ')}: write it whole.`,
      )
    const failed = statuses.filter(({ status }) => status === 'failed' || status === 'static')
    const [because] = failed.filter(({ provider_key: key }) => name.startsWith(`${key}/`))
    if (because?.message) throw new CommandError(`${shown} was not found. ${because.message}`)
    const unasked =
      failed.length > 0 ? ` (${failed.map((status) => status.name).join(', ')} did not answer)` : ''
    throw new CommandError(
      `None of your keys can use ${shown}${unasked}: "rollcall models --search <words>" finds what there is.`,
    )
  })
}
