import { RefreshCw } from 'lucide-react'
import { Age } from '../ui/age.tsx'
import { IconButton } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Status } from '../ui/status.tsx'
import { whyNotYet } from './left-alone.ts'
import type { ListedKey } from './listed-keys.ts'
import { ProviderMark } from './provider-mark.tsx'

/** One cell per stored key: what its list is like. Pressed, only that provider's models are shown. */
export function ProviderStrip({
  keys,
  chosen,
  onChoose,
  onRetry,
}: {
  keys: readonly ListedKey[]
  /** By `provider_key`; none: all. */
  chosen: readonly string[]
  onChoose: (provider: string) => void
  onRetry: (provider: string) => void
}) {
  return (
    <ul
      aria-label="Providers"
      className="-mx-4 flex gap-2 overflow-x-auto px-4 pb-1 sm:-mx-6 sm:px-6 lg:mx-0 lg:grid lg:grid-cols-[repeat(auto-fill,minmax(11.5rem,1fr))] lg:overflow-visible lg:px-0 lg:pb-0"
    >
      {keys.map((key) => (
        <ProviderCell
          key={`${key.provider_key} ${key.label}`}
          listed={key}
          isChosen={chosen.includes(key.provider_key)}
          onChoose={() => onChoose(key.provider_key)}
          onRetry={() => onRetry(key.provider_key)}
        />
      ))}
    </ul>
  )
}

function ProviderCell({
  listed: { name, label, state, isWorthRetrying },
  isChosen,
  onChoose,
  onRetry,
}: {
  listed: ListedKey
  isChosen: boolean
  onChoose: () => void
  onRetry: () => void
}) {
  const fetchedAt = state.status?.fetched_at
  const askAgain = `Ask ${name} again`
  return (
    <li
      className={classNames(
        'relative flex h-13 min-w-46 items-center rounded-lg border',
        isChosen ? 'border-accent bg-selected' : 'border-line bg-surface hover:bg-hover',
      )}
    >
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        data-tooltip={state.sentence ?? undefined}
        className="flex h-full min-w-0 grow items-center gap-2 rounded-lg pr-2 pl-2.5 text-left"
      >
        <ProviderMark name={name} />
        <span className="flex min-w-0 grow flex-col">
          <span className="flex items-baseline gap-1.5 leading-5">
            <span className="min-w-0 truncate font-medium">
              {name}
              {label !== null && (
                <>
                  {' · '}
                  <InertText className="font-normal text-ink-muted">{label}</InertText>
                </>
              )}
            </span>
            {fetchedAt && !isWorthRetrying && (
              <Age moment={fetchedAt} className="ml-auto shrink-0 text-ink-muted text-xs" />
            )}
          </span>
          <Status tone={state.tone} className="text-xs leading-4">
            {state.words}
          </Status>
        </span>
      </button>
      {isWorthRetrying && (
        <IconButton
          icon={RefreshCw}
          label={askAgain}
          data-tooltip={whyNotYet(state.status) ?? askAgain}
          onClick={onRetry}
          className="mr-1"
        />
      )}
    </li>
  )
}
