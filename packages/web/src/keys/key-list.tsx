import type { ProviderInfo, StoredKey } from '@rollcall/core/schema'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSearchParams } from 'wouter'
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
  // other pages link to the key that is missing or was rejected
  const [address, setAddress] = useSearchParams()
  const [written, setWritten] = useState(() => linkedKey(address.get('add'), providers, keys))
  const list = useRef<HTMLUListElement>(null)
  const refresh = useRefreshModels()

  /** The row that was acted on is another one now: the focus stays where it was. */
  function focusRow({ provider_key }: ProviderInfo) {
    list.current?.querySelector<HTMLElement>(`[data-provider="${provider_key}"] button`)?.focus()
  }
  function close() {
    setWritten(undefined)
    if (address.has('add')) setAddress({}, { replace: true })
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
          onClose={close}
          onSaved={() => {
            flushSync(close)
            focusRow(written.provider)
          }}
        />
      )}
    </Card>
  )
}

/** The key without a label that is to be written: new, or in place of the one that is there. */
function linkedKey(
  providerKey: string | null,
  providers: readonly ProviderInfo[],
  keys: readonly StoredKey[],
): WrittenKey | undefined {
  const provider = providers.find(({ provider_key }) => provider_key === providerKey)
  if (!provider) return undefined
  const isReplacing = keys.some((key) => key.provider === providerKey && key.label === null)
  return { provider, label: null, isReplacing }
}
