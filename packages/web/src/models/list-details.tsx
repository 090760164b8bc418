import { visible } from '@rollcall/core/visible-text'
import { Age } from '../ui/age.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { useCallHistory } from './call-history-fold.tsx'
import type { ListedKey } from './listed-keys.ts'
import { RetryActions } from './retry-actions.tsx'

/** What there is to say of each list that is not quite what it should be. */
export function ListDetails({
  keys,
  onRetry,
}: {
  keys: readonly ListedKey[]
  onRetry: (providers: readonly string[]) => void
}) {
  return (
    <ul className="flex flex-col gap-2">
      {keys.map((key) => (
        <Details
          key={`${key.provider_key} ${key.label}`}
          listed={key}
          onRetry={() => onRetry([key.provider_key])}
        />
      ))}
    </ul>
  )
}

function Details({ listed, onRetry }: { listed: ListedKey; onRetry: () => void }) {
  const { name, label, state } = listed
  const { status } = state
  const dropped = status?.dropped_count ?? 0
  const calls = useCallHistory(listed, label === null ? `${name} key` : `${name} key “${visible(label)}”`)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-line bg-surface py-1.5 pr-1.5 pl-3">
      <p className="min-w-0 flex-1 basis-60">
        {label !== null && <InertText className="font-medium">{`${label}: `}</InertText>}
        <SentenceWithLinks>
          {state.sentence ?? (status?.status === 'stale' ? `${name}’s list is an older one.` : '')}
        </SentenceWithLinks>
        {dropped > 0 &&
          ` ${name} lists ${dropped === 1 ? 'one entry that cannot' : `${dropped.toLocaleString('en')} entries that cannot`} be read; the others are shown.`}{' '}
        {status?.fetched_at && (
          <span className="text-ink-muted">
            Last list: <Age moment={status.fetched_at} />.
          </span>
        )}{' '}
        <span className="text-ink-muted">{calls.button}</span>
      </p>
      {listed.isWorthRetrying && <RetryActions listed={listed} onRetry={onRetry} />}
      <div id={calls.id} hidden={!calls.isOpen} className="basis-full border-line border-t py-2">
        {calls.history}
      </div>
    </li>
  )
}
