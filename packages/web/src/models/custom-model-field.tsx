import { useQuery } from '@tanstack/react-query'
import { type ReactNode, type Ref, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { apiKeysQuery, providersQuery } from '../api/resources.ts'
import { TextField } from '../ui/field.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { problemSentence, problemWhileTyping } from './custom-model-problem.ts'

/** Whoever types nothing for this long has stopped. */
const PAUSE_MS = 1_000

/** The id of a model that is in no list, used as it is typed. */
export function CustomModelField({
  id,
  isMeant,
  ref,
  onChange,
}: {
  id: string
  /** It was tried to run: now everything that is wrong is said. */
  isMeant: boolean
  ref?: Ref<HTMLInputElement>
  onChange: (id: string) => void
}) {
  const [wasLeft, setWasLeft] = useState(false)
  const [pausedAt, setPausedAt] = useState(id)
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => setPausedAt(id), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [id])
  const remark = useRemark(id, (mended) => {
    onChange(mended)
    // the button goes
    field.current?.querySelector('input')?.focus()
  })
  const isTyped = id !== '' && (wasLeft || pausedAt === id)
  const error = isMeant || isTyped ? problemSentence(id) : problemWhileTyping(id)
  return (
    <div ref={field}>
      <TextField
        label="Custom model id"
        hint={remark ?? 'As provider/model-name; it is used as you type it.'}
        error={error}
        ref={ref}
        value={id}
        placeholder="provider/model-name"
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className="font-mono"
        onChange={({ target }) => onChange(target.value)}
        onBlur={() => setWasLeft(true)}
      />
    </div>
  )
}

/** What may stand in the way later, and does not now. */
function useRemark(id: string, onMend: (id: string) => void): ReactNode {
  const { data: providers } = useQuery(providersQuery)
  const { data: keys } = useQuery(apiKeysQuery)
  const slash = id.indexOf('/')
  if (slash < 1 || !providers || !keys) return undefined
  const prefix = id.slice(0, slash)
  const provider = providers.find(({ provider_key }) => provider_key === prefix)
  const lower = prefix.toLowerCase()
  if (!provider && providers.some(({ provider_key }) => provider_key === lower)) {
    const mended = lower + id.slice(slash)
    return (
      <>
        Provider keys are written in lower case:{' '}
        <InertText className="break-all font-mono">{mended}</InertText>{' '}
        <button type="button" className="text-accent underline" onClick={() => onMend(mended)}>
          Use that
        </button>
      </>
    )
  }
  if (!provider) return 'No provider of that name is known here: the id is kept as it is.'
  if (keys.some((key) => key.provider === prefix)) return undefined
  return (
    <>
      You have no {provider.name} key yet:{' '}
      <Link href={`/settings/keys?add=${prefix}`} className="text-accent underline">
        Add {provider.name} key
      </Link>
    </>
  )
}
