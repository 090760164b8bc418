import type { KnownModels } from './known-models.ts'
import { whyNotYet } from './left-alone.ts'
import { listedKeys } from './listed-keys.ts'

/** What came of asking every provider: how many answered, who failed and why, and who was not asked. */
export function refreshOutcome(known: KnownModels, leftAlone: readonly string[]): string {
  const keys = listedKeys({ ...known, refresh: { leftAlone } }, undefined)
  const asked = keys.filter(({ isLeftAlone }) => !isLeftAlone)
  const failed = asked.filter(({ state }) => state.status?.code != null)
  const reasons = keys.flatMap(({ isLeftAlone, state }) =>
    isLeftAlone ? (whyNotYet(state.status) ?? []) : [],
  )
  const answered =
    failed.length === 0
      ? `All ${asked.length} answered`
      : `${asked.length - failed.length} of ${asked.length} answered`
  const causes = failed.map(({ name, state }) => `${name} ${state.words.split(' · ')[0]}`).join(', ')
  return [
    ...(asked.length > 0 ? [causes === '' ? `${answered}.` : `${answered}: ${causes}.`] : []),
    ...(reasons.length > 0 ? [`Not asked: ${[...new Set(reasons)].join(' ')}`] : []),
  ].join(' ')
}
