import type { ProviderInfo, StoredKey } from '@rollcall/core/schema'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { sentenceOf } from '../api/query-client.ts'
import { useRefreshModels } from '../models/available-models.ts'
import type { KnownModels } from '../models/known-models.ts'
import { Card } from '../ui/page.tsx'
import { showToast } from '../ui/toasts.tsx'
import { KeyDialog, type WrittenKey } from './key-dialog.tsx'
import { KeyRow } from './key-row.tsx'
import { deleteKey } from './pending-deletions.ts'
import { ROWS } from './row-parts.tsx'
import { UnsetRow } from './unset-row.tsx'

/** Every provider in its place, with the keys stored for it. */
export function KeyList({
  providers,
  keys,
  known,
}: {
  providers: readonly ProviderInfo[]
  keys: readonly StoredKey[]
  known: KnownModels | undefined
}) {
  const [written, setWritten] = useState<WrittenKey>()
  const list = useRef<HTMLUListElement>(null)
  const refresh = useRefreshModels()

  /** The row that was acted on is another one now: the focus stays where it was. */
  function focusRow({ provider_key }: ProviderInfo) {
    list.current?.querySelector<HTMLElement>(`[data-provider="${provider_key}"] button`)?.focus()
  }
  function remove(provider: ProviderInfo, key: StoredKey) {
    flushSync(() => deleteKey(key))
    focusRow(provider)
  }

  return (
    <Card className="@container">
      <ul ref={list} className={ROWS}>
        {providers.map((provider) => {
          const stored = keys.filter((key) => key.provider === provider.provider_key)
          if (stored.length === 0) {
            const add = () => setWritten({ provider, label: null, isReplacing: false })
            return <UnsetRow key={provider.provider_key} provider={provider} onAdd={add} />
          }
          return stored.map((key) => (
            <KeyRow
              key={`${key.provider} ${key.label}`}
              provider={provider}
              stored={key}
              known={known}
              onReplace={() => setWritten({ provider, label: key.label, isReplacing: true })}
              onRefresh={() =>
                void refresh([key.provider]).catch((error) => showToast({ text: sentenceOf(error) }))
              }
              onDelete={() => remove(provider, key)}
            />
          ))
        })}
      </ul>
      {written && (
        <KeyDialog
          written={written}
          onClose={() => setWritten(undefined)}
          onSaved={() => {
            flushSync(() => setWritten(undefined))
            focusRow(written.provider)
          }}
        />
      )}
    </Card>
  )
}
