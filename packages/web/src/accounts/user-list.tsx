import type { ManagedUser } from '@rollcall/core/schema'
import { useState } from 'react'
import { Card } from '../ui/page.tsx'
import { ResetLinkDialog } from './reset-link-dialog.tsx'
import { UserChangeDialog } from './user-change-dialog.tsx'
import { type UserAction, UserRow } from './user-row.tsx'

/** Accounts, and what an admin can do with each. */
export function UserList({ users }: { users: readonly ManagedUser[] }) {
  const [opened, setOpened] = useState<{ user: ManagedUser; action: UserAction }>()
  const close = () => setOpened(undefined)
  return (
    <Card>
      <ul className="divide-y divide-line">
        {users.map((user) => (
          <UserRow key={user.id} user={user} onAct={(action) => setOpened({ user, action })} />
        ))}
      </ul>
      {opened?.action === 'reset_link' && <ResetLinkDialog user={opened.user} onClose={close} />}
      {opened && opened.action !== 'reset_link' && (
        <UserChangeDialog user={opened.user} change={opened.action} onClose={close} />
      )}
    </Card>
  )
}
