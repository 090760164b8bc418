import { ChevronDown, RefreshCw } from 'lucide-react'
import { lazy, Suspense, useId, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { Status } from '../ui/status.tsx'
import { type ListedKey, summaryOfKeys } from './listed-keys.ts'

const loadDetails = () => import('./list-details.tsx')
const ListDetails = lazy(async () => ({ default: (await loadDetails()).ListDetails }))

/** How all lists are, in one line that is always there, so that nothing moves when one of them fails late. */
export function ListSummary({
  keys,
  onRetry,
}: {
  keys: readonly ListedKey[]
  onRetry: (providers: readonly string[]) => void
}) {
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()
  const told = keys.filter(hasMoreToSay)
  const poor = keys.filter((key) => key.isWorthRetrying)
  const isBusy = keys.some((key) => key.isAsking)
  return (
    <div className="flex flex-col gap-2">
      <div className="flex h-8 min-w-0 items-center gap-2 pointer-coarse:h-10">
        <div role="status" className="min-w-0">
          <Status tone={isBusy ? 'busy' : poor.length > 0 ? 'warn' : 'ok'}>
            {summaryOfKeys(keys)}
            <span className="text-ink-muted">{poor.length > 0 && `: ${wordsOf(poor)}`}</span>
          </Status>
        </div>
        {told.length > 0 && (
          <Button
            look="quiet"
            className="px-2"
            aria-expanded={isOpen}
            aria-controls={id}
            onPointerEnter={() => void loadDetails()}
            onFocus={() => void loadDetails()}
            onClick={() => setIsOpen(!isOpen)}
          >
            Details
            <ChevronDown aria-hidden size={14} className={classNames(isOpen && 'rotate-180')} />
          </Button>
        )}
        {poor.length > 1 && (
          <Button
            look="quiet"
            icon={RefreshCw}
            className="px-2 max-sm:hidden"
            onClick={() => onRetry([...new Set(poor.map(({ provider_key }) => provider_key))])}
          >
            Ask them again
          </Button>
        )}
      </div>
      <div id={id} hidden={!isOpen || told.length === 0}>
        <Suspense>{isOpen && <ListDetails keys={told} onRetry={onRetry} />}</Suspense>
      </div>
    </div>
  )
}

function hasMoreToSay({ state }: ListedKey): boolean {
  return state.sentence !== null || state.status?.status === 'stale' || (state.status?.dropped_count ?? 0) > 0
}

/** "Mistral rejected, Groq timed out" */
function wordsOf(keys: readonly ListedKey[]): string {
  return keys.map(({ name, state }) => `${name} ${state.words.split(' · ')[0]}`).join(', ')
}
