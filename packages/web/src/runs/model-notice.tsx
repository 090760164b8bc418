import type { Model } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { useQuery } from '@tanstack/react-query'
import { apiKeysQuery, providersQuery } from '../api/resources.ts'
import { endSentence } from '../models/end-sentence.ts'
import type { KnownModels } from '../models/known-models.ts'
import { listedKeys } from '../models/listed-keys.ts'
import { todayInUtc } from '../models/model-end.ts'
import { whyUnlisted } from '../models/why-unlisted.ts'
import { Button } from '../ui/button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'

/** That a chosen model goes or is gone, and its replacement, where that can be used. */
export function RetirementNotice({
  model,
  offered,
  onReplace,
}: {
  model: Model
  offered: ModelIndex['byId']
  onReplace: (id: string) => void
}) {
  const { replacement } = model
  const end = endSentence(model, todayInUtc())
  if (end === null) return null
  const isOffered = replacement !== undefined && offered.has(replacement)
  return (
    <Notice
      tone="warn"
      action={isOffered && <Button onClick={() => onReplace(replacement)}>Use the replacement</Button>}
    >
      {end}
      {replacement !== undefined && (
        <>
          {' '}
          Its replacement is <InertText className="font-mono text-xs">{replacement}</InertText>
          {isOffered ? '.' : ', which none of your lists has now.'}
        </>
      )}
    </Notice>
  )
}

/** That no list has an id that was chosen, and why. */
export function UnlistedNotice({ id, known }: { id: string; known: KnownModels | undefined }) {
  const { data: stored } = useQuery(apiKeysQuery)
  const { data: providers } = useQuery(providersQuery)
  if (!providers) return null
  const why = whyUnlisted(id, listedKeys(known, stored), providers)
  return (
    <Notice>
      <InertText className="font-mono text-xs [overflow-wrap:anywhere]">{id}</InertText> is kept as a custom
      id. <SentenceWithLinks>{why?.sentence ?? 'Its provider is still being asked.'}</SentenceWithLinks>
    </Notice>
  )
}
