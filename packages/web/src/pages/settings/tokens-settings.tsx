import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { AccessTokenDialog } from '../../accounts/access-token-dialog.tsx'
import { AccessTokenList } from '../../accounts/access-token-list.tsx'
import { sentenceOf } from '../../api/query-client.ts'
import { accessTokensQuery } from '../../api/resources.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Empty, Section } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'

/** Tokens with which command line and scripts act as you. */
export function TokensSettings() {
  const [isCreating, setIsCreating] = useState(false)
  const { data: tokens, error, refetch } = useQuery(accessTokensQuery)
  const create = (
    <Button icon={Plus} onClick={() => setIsCreating(true)}>
      Create access token
    </Button>
  )
  return (
    <Section
      title="Access tokens"
      about="For the command line and scripts: each may do only what you allow it."
      actions={create}
    >
      {error && <LoadFailure sentence={sentenceOf(error)} onRetry={refetch} />}
      {!tokens && !error && <SkeletonRows count={2} label="Loading your access tokens" />}
      {tokens?.length === 0 && (
        <Empty>There are no access tokens. Create one to use Rollcall from a script.</Empty>
      )}
      {tokens && tokens.length > 0 && <AccessTokenList tokens={tokens} />}
      {isCreating && <AccessTokenDialog onClose={() => setIsCreating(false)} />}
    </Section>
  )
}
