import type { ProviderInfo, StoredKey } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { RefreshCw, Trash2 } from 'lucide-react'
import { useCallHistory } from '../models/call-history-fold.tsx'
import type { KnownModels } from '../models/known-models.ts'
import { listState } from '../models/list-state.ts'
import { Age } from '../ui/age.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { Status } from '../ui/status.tsx'
import { ACTIONS, BELOW, BESIDE_NAME, ProviderName, ROW } from './row-parts.tsx'

interface KeyRowProps {
  provider: ProviderInfo
  stored: StoredKey
  known: KnownModels | undefined
  onReplace: () => void
  onRefresh: () => void
  onDelete: () => void
}

/** One stored key: whose it is, how far its list is known, and what can be done with it. */
export function KeyRow({ provider, stored, known, onReplace, onRefresh, onDelete }: KeyRowProps) {
  const { label, preview } = stored
  const { provider_key, name } = provider
  const { tone, words, sentence, status } = listState(known, { provider_key, label })
  const named = label === null ? `${name} key` : `${name} key “${visible(label)}”`
  const calls = useCallHistory({ provider_key, label }, named)
  return (
    <li className={ROW} data-provider={provider_key}>
      <ProviderName name={name}>
        {label !== null && <InertText className="truncate text-ink-muted text-xs">{label}</InertText>}
      </ProviderName>
      <code className={`${BESIDE_NAME} truncate text-ink-muted text-xs`}>{preview ?? '••••••••'}</code>
      <div className={`${BESIDE_NAME} flex`}>
        <Status tone={tone}>{words}</Status>
      </div>
      <div className={ACTIONS}>
        <Button look="quiet" className="px-2" aria-label={`Replace ${named}`} onClick={onReplace}>
          Replace
        </Button>
        <IconButton
          icon={RefreshCw}
          label={`Refresh ${named}`}
          isBusy={tone === 'busy'}
          onClick={onRefresh}
        />
        <IconButton icon={Trash2} label={`Delete ${named}`} onClick={onDelete} />
      </div>
      {/* always there, so that what stands above it stays where it is */}
      <div className={`${BELOW} flex items-start gap-x-3`}>
        {sentence ? (
          <p className="min-w-0">
            <SentenceWithLinks>{sentence}</SentenceWithLinks>
          </p>
        ) : (
          status?.fetched_at && <Age moment={status.fetched_at} />
        )}
        {calls.button}
      </div>
      <div id={calls.id} hidden={!calls.isOpen} className={`${BELOW} mt-2 border-line border-t pt-2`}>
        {calls.history}
      </div>
    </li>
  )
}
