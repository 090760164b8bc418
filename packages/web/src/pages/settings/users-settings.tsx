import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { InvitationDialog } from '../../accounts/invitation-dialog.tsx'
import { InvitationList } from '../../accounts/invitation-list.tsx'
import { usersQuery } from '../../accounts/managed-users.ts'
import { UserList } from '../../accounts/user-list.tsx'
import { sentenceOf } from '../../api/query-client.ts'
import { invitationsQuery } from '../../api/resources.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Empty, Section } from '../../ui/page.tsx'
import { SkeletonRows } from '../../ui/skeleton-rows.tsx'

/** Who has an account here, and who is invited; for admins. */
export function UsersSettings() {
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useInfiniteQuery(usersQuery)
  const users = data?.pages.flatMap((page) => page.users)
  return (
    <>
      <Section
        title="Users"
        about="Everybody with an account on this server. Nobody sees another one’s keys."
      >
        {error && <LoadFailure sentence={sentenceOf(error)} onRetry={refetch} />}
        {users ? <UserList users={users} /> : !error && <SkeletonRows count={3} label="Loading the users" />}
        {hasNextPage && (
          <Button className="self-center" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )}
      </Section>
      <Invitations />
    </>
  )
}

function Invitations() {
  const [isInviting, setIsInviting] = useState(false)
  const { data: invitations, error, refetch } = useQuery(invitationsQuery)
  const invite = (
    <Button icon={Plus} onClick={() => setIsInviting(true)}>
      Invite somebody
    </Button>
  )
  return (
    <Section title="Invitations" about="Each is good for one account, within a week." actions={invite}>
      {error && <LoadFailure sentence={sentenceOf(error)} onRetry={refetch} />}
      {!invitations && !error && <SkeletonRows count={1} label="Loading the invitations" />}
      {invitations?.length === 0 && (
        <Empty>No invitation is open. Invite somebody to share this server.</Empty>
      )}
      {invitations && invitations.length > 0 && <InvitationList invitations={invitations} />}
      {isInviting && <InvitationDialog onClose={() => setIsInviting(false)} />}
    </Section>
  )
}
