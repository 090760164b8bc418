import { tokens, usd } from '@rollcall/core/figures'
import { CAPABILITIES, type ModelView } from './model-view.ts'

/** One filter that is on: what it says, and what takes it away. */
export interface ActiveFilter {
  words: string
  cleared: Partial<ModelView>
}

/** In a fixed order, so that a chip keeps its place. `nameOf` names a provider by its key. */
export function activeFilters(view: ModelView, nameOf: (provider: string) => string): ActiveFilter[] {
  const filters: (ActiveFilter | false)[] = [
    view.favourite !== undefined && {
      words: view.favourite ? 'Favourites' : 'No favourites',
      cleared: { favourite: undefined },
    },
    view.hidden === true && { words: 'Hidden', cleared: { hidden: undefined } },
    view.providers !== undefined && {
      words: view.providers.map(nameOf).join(', '),
      cleared: { providers: undefined },
    },
    view.kinds !== undefined && { words: `Kind: ${view.kinds.join(', ')}`, cleared: { kinds: undefined } },
    ...(view.capabilities ?? []).map((name) => {
      const others = view.capabilities?.filter((other) => other !== name) ?? []
      const words = CAPABILITIES.find(({ capability }) => capability === name)?.words ?? name
      return { words, cleared: { capabilities: others.length > 0 ? others : undefined } }
    }),
    view.input !== undefined && { words: `Takes ${view.input.join(', ')}`, cleared: { input: undefined } },
    view.output !== undefined && { words: `Gives ${view.output.join(', ')}`, cleared: { output: undefined } },
    view.leastContext !== undefined && {
      words: `Context ≥ ${tokens(view.leastContext)}`,
      cleared: { leastContext: undefined },
    },
    view.leastOutput !== undefined && {
      words: `Max output ≥ ${tokens(view.leastOutput)}`,
      cleared: { leastOutput: undefined },
    },
    view.mostInputPrice !== undefined && {
      words: `Input ≤ ${price(view.mostInputPrice)}`,
      cleared: { mostInputPrice: undefined },
    },
    view.mostOutputPrice !== undefined && {
      words: `Output ≤ ${price(view.mostOutputPrice)}`,
      cleared: { mostOutputPrice: undefined },
    },
    view.isFree === true && { words: 'Free', cleared: { isFree: undefined } },
    view.releasedSince !== undefined && {
      words: `Released since ${view.releasedSince}`,
      cleared: { releasedSince: undefined },
    },
    view.deprecated !== undefined && {
      words: view.deprecated === 'only' ? 'Only deprecated' : 'Not deprecated',
      cleared: { deprecated: undefined },
    },
  ]
  return filters.filter((filter) => filter !== false)
}

function price(perMillion: number): string {
  return perMillion === 0 ? '$0' : `${usd(perMillion)}/M`
}
