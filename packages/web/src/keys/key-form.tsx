import type { ProviderInfo } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { instanceQuery, providersQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { OutsideLink } from '../ui/sentence-with-links.tsx'
import { KeyTextNote, problemWhileTyping } from './key-text-note.tsx'
import { keepKey, keysHaveChanged } from './pending-deletions.ts'

/** Password managers are to leave a key alone. */
const NOT_FOR_MANAGERS = {
  autoComplete: 'off',
  'data-1p-ignore': true,
  'data-bwignore': true,
  'data-lpignore': 'true',
  'data-form-type': 'other',
}

/** Adds a provider's key, or replaces the one of the same label (`null`: of none). */
export function KeyForm({
  provider: { provider_key: provider, name, keys_url: keysUrl },
  label,
  isReplacing,
  onSaved,
}: {
  provider: ProviderInfo
  label: string | null
  isReplacing: boolean
  onSaved: () => void
}) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const [isLabelled, setIsLabelled] = useState(false)
  const { data: providers } = useQuery(providersQuery)
  const { data: instance } = useQuery(instanceQuery)
  const problem = problemWhileTyping(text)
  const demoKey = instance?.demo?.keys[provider]
  const form = useSubmit(async (read) => {
    const wanted = isLabelled ? read('label') || null : label
    // before it is sent: a deletion that still waits would take the new key with it
    keepKey({ provider, label: wanted })
    await session.call('saveKey', { body: { provider, key: text, label: wanted } })
    await keysHaveChanged()
    onSaved()
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <SecretField
        ref={field}
        label="API key"
        name="key"
        value={text}
        onChange={(event) => setText(event.target.value)}
        error={problem ?? form.problemOf('key')}
        hint={isReplacing ? 'Its models are loaded again.' : 'It is kept encrypted and never shown again.'}
        autoFocus
        {...NOT_FOR_MANAGERS}
      />
      <KeyTextNote
        text={text}
        provider={provider}
        nameOf={(key) => providers?.find(({ provider_key }) => provider_key === key)?.name}
        onMend={(mended) => {
          setText(mended)
          field.current?.focus()
        }}
      />
      {isLabelled ? (
        <TextField
          label="Label"
          name="label"
          hint="Tells it from your other keys, such as “work”. The same label replaces its key."
          error={form.problemOf('label')}
          autoComplete="off"
          autoFocus
        />
      ) : (
        <Button look="quiet" className="-ml-3 self-start" onClick={() => setIsLabelled(true)}>
          {isReplacing ? 'Add another key with a label' : 'Add a label'}
        </Button>
      )}
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <OutsideLink address={keysUrl}>{`Get a key from ${name}`}</OutsideLink>
        {demoKey !== undefined && <Button onClick={() => setText(demoKey)}>Use the demo’s key</Button>}
        <Button
          type="submit"
          look="primary"
          isBusy={form.isBusy}
          disabled={problem !== undefined}
          className="ml-auto"
        >
          Save
        </Button>
      </div>
    </form>
  )
}
