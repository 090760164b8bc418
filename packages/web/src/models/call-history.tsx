import type { ProviderHistory, ProviderStatus } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { providerStatusQuery } from '../api/resources.ts'
import { Age } from '../ui/age.tsx'
import { LoadFailure } from '../ui/load-failure.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { CallSparkline, ProviderLinks } from './call-sparkline.tsx'
import { keyOf } from './known-models.ts'
import { failureWords } from './list-state.ts'

/** How the calls with one key went: the last good one, the last bad one with its cause, and how long they take. */
export function CallHistory({ of }: { of: Pick<ProviderStatus, 'provider_key' | 'label'> }) {
  const { data, error, refetch } = useQuery(providerStatusQuery)
  const history = data?.find((other) => keyOf(other) === keyOf(of))
  if (!history) {
    if (error) return <LoadFailure sentence={sentenceOf(error)} onRetry={refetch} />
    return <div role="status" aria-label="Loading how its calls went" className="skeleton h-24" />
  }
  const { last_success_at: success, last_failure: failure, calls } = history
  return (
    <div className="flex flex-col gap-2">
      <dl className="grid gap-x-3 gap-y-1 min-[26rem]:grid-cols-[6rem_minmax(0,1fr)]">
        <Line name="Last success">{success ? <Age moment={success} /> : 'none so far'}</Line>
        <Line name="Last failure">
          {failure ? (
            <LastFailure {...failure} isCurrent={!success || success < failure.at} />
          ) : (
            'none so far'
          )}
        </Line>
        <Line name="List calls">
          {calls.length === 0 ? 'not asked with this key yet' : <CallSparkline history={history} />}
        </Line>
      </dl>
      <ProviderLinks provider={history} />
    </div>
  )
}

/** A current one is told in a sentence above. */
function LastFailure({
  at,
  code,
  http_status,
  message,
  isCurrent,
}: NonNullable<ProviderHistory['last_failure']> & { isCurrent: boolean }) {
  const words = `${failureWords(code)}${http_status === null ? '' : ` (${http_status})`}`
  return (
    <>
      <Age moment={at} />: {isCurrent ? words : <SentenceWithLinks>{message}</SentenceWithLinks>}
    </>
  )
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="self-center text-ink-muted max-[26rem]:mt-1">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
