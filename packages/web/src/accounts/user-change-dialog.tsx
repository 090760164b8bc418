import type { ManagedUser } from '@rollcall/core/schema'
import { sentenceOf } from '../api/query-client.ts'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { changeUser } from './managed-users.ts'
import type { UserChangeName } from './user-row.tsx'

const CHANGES: Record<
  UserChangeName,
  { title: string; action: string; effect: string; body: Parameters<typeof changeUser>[1] }
> = {
  disable: {
    title: 'Disable account',
    action: 'Disable',
    effect: 'is signed out everywhere and cannot sign in until the account is enabled again.',
    body: { disabled: true },
  },
  enable: {
    title: 'Enable account',
    action: 'Enable',
    effect: 'may sign in again.',
    body: { disabled: false },
  },
  make_admin: {
    title: 'Make an admin',
    action: 'Make an admin',
    effect: 'will administer this server and everybody’s accounts, yours among them.',
    body: { role: 'admin' },
  },
  make_user: {
    title: 'Make a user',
    action: 'Make a user',
    effect: 'will administer this server no more.',
    body: { role: 'user' },
  },
}

/** Asks before an account is changed. */
export function UserChangeDialog({
  user,
  change,
  onClose,
}: {
  user: ManagedUser
  change: UserChangeName
  onClose: () => void
}) {
  const { title, action, effect, body } = CHANGES[change]
  return (
    <ConfirmDialog
      title={title}
      action={action}
      sentenceOf={sentenceOf}
      onClose={onClose}
      onConfirm={() => changeUser(user, body)}
    >
      <InertText className="font-medium">{user.email}</InertText> {effect}
    </ConfirmDialog>
  )
}
