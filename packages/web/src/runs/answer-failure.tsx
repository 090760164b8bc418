import type { RunFailureCode } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { providersQuery } from '../api/resources.ts'
import { Notice } from '../ui/notice.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'

const LINK =
  'flex h-8 items-center rounded-md px-2 font-medium underline underline-offset-2 pointer-coarse:min-h-10'
const OF_THE_KEY: readonly RunFailureCode[] = ['no_key', 'key_rejected', 'no_permission', 'key_unreadable']

/** Why a model did not answer, or not to the end, and what may help. */
export function AnswerFailure({
  code,
  message,
  runId,
  model,
}: {
  code: RunFailureCode
  message: string
  runId: string
  model: string
}) {
  const { data: providers = [] } = useQuery(providersQuery)
  const provider = model.slice(0, model.indexOf('/'))
  const isOfTheKey =
    OF_THE_KEY.includes(code) && providers.some(({ provider_key }) => provider_key === provider)
  return (
    <Notice
      tone={code === 'interrupted' ? 'warn' : 'bad'}
      action={
        isOfTheKey ? (
          <Link href={`/settings/keys?add=${provider}`} className={LINK}>
            {code === 'no_key' ? 'Add key' : 'Replace key'}
          </Link>
        ) : (
          <Link href={`/new-run?again=${runId}&model=${encodeURIComponent(model)}`} className={LINK}>
            Run it again
          </Link>
        )
      }
    >
      <SentenceWithLinks>{message}</SentenceWithLinks>
    </Notice>
  )
}
