import { CircleUser, Keyboard, KeyRound, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { useLocation } from 'wouter'
import { signOut } from '../accounts/sign-out.ts'
import { useUser } from '../session/this-session.ts'
import { InertText } from '../ui/inert-text.tsx'
import { Menu } from '../ui/menu.tsx'
import { setTheme, type Theme, useTheme } from '../ui/theme.ts'

const NEXT_THEME: Record<Theme, { theme: Theme; name: string; icon: typeof Sun }> = {
  system: { theme: 'light', name: 'Light theme', icon: Sun },
  light: { theme: 'dark', name: 'Dark theme', icon: Moon },
  dark: { theme: 'system', name: 'System’s theme', icon: Monitor },
}

/** Who is signed in, and what concerns them everywhere. */
export function AccountMenu({ onShortcuts }: { onShortcuts: () => void }) {
  const { email } = useUser()
  const [, navigate] = useLocation()
  const next = NEXT_THEME[useTheme()]
  return (
    <Menu
      trigger={{
        'aria-label': `Account of ${email}`,
        className:
          'flex items-center rounded-md text-ink-muted hover:bg-hover max-sm:w-14 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:text-xs sm:h-9 sm:gap-2.5 sm:px-2.5 sm:max-lg:justify-center sm:max-lg:px-0',
        children: (
          <>
            <CircleUser aria-hidden size={17} className="shrink-0" />
            <span className="sm:hidden">Account</span>
            <InertText className="min-w-0 truncate max-lg:hidden">{email}</InertText>
          </>
        ),
      }}
      heading={<InertText>{email}</InertText>}
      groups={[
        [
          { label: 'API keys', icon: KeyRound, onSelect: () => navigate('/settings/keys') },
          { label: next.name, icon: next.icon, onSelect: () => setTheme(next.theme) },
          { label: 'Keyboard shortcuts', icon: Keyboard, onSelect: onShortcuts },
        ],
        [{ label: 'Sign out', icon: LogOut, onSelect: () => void signOut() }],
      ]}
    />
  )
}
