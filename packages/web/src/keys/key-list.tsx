import type { ProviderInfo, StoredKey } from '@rollcall/core/schema'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useSearchParams } from 'wouter'
import type { KnownModels } from '../models/known-models.ts'
import { useRetry } from '../models/use-retry.ts'
import { useFocusOnReturn } from '../ui/focus.ts'
import { Card } from '../ui/page.tsx'
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
  const retry = useRetry()

  /** The row that was acted on is another one now: the focus stays where it was. */
  function focusRow(provider: string, index = 0) {
    const rows = list.current?.querySelectorAll(`[data-provider="${provider}"]`)
    rows?.[index]?.querySelector('button')?.focus()
  }
  const noteGone = useFocusOnReturn(keys.map(idOf), (id) => {
    const key = keys.find((candidate) => idOf(candidate) === id)
    if (!key) return
    const { provider } = key
    focusRow(provider, keys.filter((other) => other.provider === provider).indexOf(key))
  })
  function close() {
    flushSync(() => setWritten(undefined))
    const linked = address.get('add')
    if (linked === null) return
    setAddress({}, { replace: true })
    focusRow(linked)
  }
  function remove(key: StoredKey) {
    flushSync(() => deleteKey(key))
    noteGone(idOf(key))
    focusRow(key.provider)
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
              key={idOf(key)}
              provider={provider}
              stored={key}
              known={known}
              onReplace={() => setWritten({ provider, label: key.label, isReplacing: true })}
              onRefresh={() => retry([key.provider])}
              onDelete={() => remove(key)}
            />
          ))
        })}
      </ul>
      {written && (
        <KeyDialog
          written={written}
          onClose={close}
          onSaved={() => {
            close()
            focusRow(written.provider.provider_key)
          }}
        />
      )}
    </Card>
  )
}

function idOf({ provider, label }: StoredKey): string {
  return JSON.stringify([provider, label])
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
