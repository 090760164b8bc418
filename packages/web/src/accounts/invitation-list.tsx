import type { Invitation } from '@rollcall/core/schema'
import { useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { sentenceOf } from '../api/query-client.ts'
import { invitationsQuery } from '../api/resources.ts'
import { session } from '../session/this-session.ts'
import { Age } from '../ui/age.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Card } from '../ui/page.tsx'
import { expiryText } from './expiry-text.ts'

/** Invitations that nobody has used yet. */
export function InvitationList({ invitations }: { invitations: readonly Invitation[] }) {
  const [revoked, setRevoked] = useState<Invitation>()
  return (
    <Card>
      <ul className="divide-y divide-line">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex items-center gap-3 px-3 py-2.5">
            <div className="flex min-w-0 grow flex-col gap-0.5">
              <Invited invitation={invitation} />
              <p className="text-ink-muted text-xs">
                created <Age moment={invitation.created_at} /> ·{' '}
                {expiryText(invitation.expires_at, Date.now())}
              </p>
            </div>
            <Button look="danger" onClick={() => setRevoked(invitation)}>
              Revoke<span className="sr-only"> invitation</span>
            </Button>
          </li>
        ))}
      </ul>
      {revoked && (
        <ConfirmDialog
          title="Revoke invitation"
          action="Revoke"
          sentenceOf={sentenceOf}
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            await session.call('revokeInvitation', { params: { id: revoked.id } })
            await askAnew(invitationsQuery)
          }}
        >
          Its link creates no account any more.
        </ConfirmDialog>
      )}
    </Card>
  )
}

function Invited({ invitation: { email } }: { invitation: Invitation }) {
  if (email === null) return <p className="font-medium">Whoever has the link</p>
  return <InertText className="font-medium [overflow-wrap:anywhere]">{email}</InertText>
}
