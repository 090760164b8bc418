import type { ManagedUser } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { Ellipsis, KeyRound, ShieldCheck, ShieldOff, UserCheck, UserX } from 'lucide-react'
import { Age } from '../ui/age.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Menu } from '../ui/menu.tsx'
import { Status } from '../ui/status.tsx'

export type UserChangeName = 'disable' | 'enable' | 'make_admin' | 'make_user'
export type UserAction = UserChangeName | 'reset_link'

/** One account: who, what they may do, when they were here. */
export function UserRow({ user, onAct }: { user: ManagedUser; onAct: (action: UserAction) => void }) {
  const { email, role, disabled, two_factor, api_key_count: count, last_sign_in_at } = user
  return (
    <li className="flex items-center gap-3 px-3 py-2.5">
      <div className="flex min-w-0 grow flex-col gap-0.5">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <InertText className="min-w-0 font-medium [overflow-wrap:anywhere]">{email}</InertText>
          {role === 'admin' && <Badge>admin</Badge>}
          {two_factor && <Badge>second factor</Badge>}
          {disabled && (
            <Status tone="bad" className="text-xs">
              disabled
            </Status>
          )}
        </p>
        <p className="text-ink-muted text-xs tabular-nums">
          {count === 1 ? '1 API key' : `${count} API keys`} ·{' '}
          {last_sign_in_at ? (
            <>
              signed in <Age moment={last_sign_in_at} />
            </>
          ) : (
            'never signed in'
          )}
        </p>
      </div>
      <Menu
        trigger={{
          'aria-label': `Actions for ${visible(email)}`,
          className:
            'grid size-8 shrink-0 place-items-center rounded-md text-ink-muted hover:bg-hover pointer-coarse:size-10',
          children: <Ellipsis aria-hidden size={16} />,
        }}
        groups={[
          [
            { label: 'Create reset link…', icon: KeyRound, onSelect: () => onAct('reset_link') },
            role === 'admin'
              ? { label: 'Make a user…', icon: ShieldOff, onSelect: () => onAct('make_user') }
              : { label: 'Make an admin…', icon: ShieldCheck, onSelect: () => onAct('make_admin') },
          ],
          [
            disabled
              ? { label: 'Enable…', icon: UserCheck, onSelect: () => onAct('enable') }
              : { label: 'Disable…', icon: UserX, isDanger: true, onSelect: () => onAct('disable') },
          ],
        ]}
      />
    </li>
  )
}

function Badge({ children }: { children: string }) {
  return (
    <span className="rounded-sm border border-line bg-hover px-1.5 text-ink-muted text-xs">{children}</span>
  )
}
