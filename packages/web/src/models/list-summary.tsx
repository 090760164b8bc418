import { ChevronDown, RefreshCw } from 'lucide-react'
import { useId, useState } from 'react'
import { Age } from '../ui/age.tsx'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Status } from '../ui/status.tsx'
import { type ListedKey, summaryOfKeys } from './listed-keys.ts'
import { RetryActions } from './retry-actions.tsx'

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
      <ul id={id} hidden={!isOpen || told.length === 0} className="flex flex-col gap-2">
        {told.map((key) => (
          <Details
            key={`${key.provider_key} ${key.label}`}
            listed={key}
            onRetry={() => onRetry([key.provider_key])}
          />
        ))}
      </ul>
    </div>
  )
}

function Details({ listed, onRetry }: { listed: ListedKey; onRetry: () => void }) {
  const { name, label, state } = listed
  const { status } = state
  const dropped = status?.dropped_count ?? 0
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3">
      <p className="min-w-0 flex-1 basis-60">
        {label !== null && <InertText className="font-medium">{`${label}: `}</InertText>}
        {state.sentence ?? (status?.status === 'stale' ? `${name}’s list is an older one.` : '')}
        {dropped > 0 &&
          ` ${name} lists ${dropped === 1 ? 'one entry that cannot' : `${dropped.toLocaleString('en')} entries that cannot`} be read; the others are shown.`}{' '}
        {status?.fetched_at && (
          <span className="text-ink-muted">
            Last list: <Age moment={status.fetched_at} />.
          </span>
        )}
      </p>
      {listed.isWorthRetrying && <RetryActions listed={listed} onRetry={onRetry} />}
    </li>
  )
}

function hasMoreToSay({ state }: ListedKey): boolean {
  return state.sentence !== null || state.status?.status === 'stale' || (state.status?.dropped_count ?? 0) > 0
}

/** "Mistral rejected, Groq timed out" */
function wordsOf(keys: readonly ListedKey[]): string {
  return keys.map(({ name, state }) => `${name} ${state.words.split(' · ')[0]}`).join(', ')
}
