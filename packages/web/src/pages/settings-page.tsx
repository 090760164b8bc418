import { lazy, Suspense, useEffect } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import { useUser } from '../session/this-session.ts'
import { classNames } from '../ui/class-names.ts'
import { Page } from '../ui/page.tsx'
import { KeysSettings } from './settings/keys-settings.tsx'

const load = {
  tokens: () => import('./settings/tokens-settings.tsx'),
  account: () => import('./settings/account-settings.tsx'),
  appearance: () => import('./settings/appearance-settings.tsx'),
  users: () => import('./settings/users-settings.tsx'),
}
const TokensSettings = lazy(async () => ({ default: (await load.tokens()).TokensSettings }))
const AccountSettings = lazy(async () => ({ default: (await load.account()).AccountSettings }))
const AppearanceSettings = lazy(async () => ({ default: (await load.appearance()).AppearanceSettings }))
const UsersSettings = lazy(async () => ({ default: (await load.users()).UsersSettings }))

const PARTS = [
  { path: '/settings/keys', name: 'API keys', Part: KeysSettings },
  { path: '/settings/tokens', name: 'Access tokens', Part: TokensSettings },
  { path: '/settings/account', name: 'Account', Part: AccountSettings },
  { path: '/settings/appearance', name: 'Appearance', Part: AppearanceSettings },
  { path: '/settings/users', name: 'Users', Part: UsersSettings, isForAdmins: true },
]

/** All that is set up once and rarely again. */
export function SettingsPage() {
  const [path] = useLocation()
  const isAdmin = useUser().role === 'admin'
  const parts = PARTS.filter(({ isForAdmins }) => isAdmin || !isForAdmins)
  const here = parts.find((part) => part.path === path)
  const name = here?.name
  useEffect(() => {
    if (name) document.title = `${name} · Rollcall`
  }, [name])
  if (!here) return <Redirect to="/settings/keys" replace />
  return (
    <Page title="Settings">
      <nav
        aria-label="Settings"
        className="-mx-4 flex gap-1 overflow-x-auto border-line border-b px-4 sm:-mx-6 sm:px-6"
      >
        {parts.map((part) => (
          <Link
            key={part.path}
            ref={part === here ? reveal : undefined}
            href={part.path}
            aria-current={part === here ? 'page' : undefined}
            className={classNames(
              '-mb-px flex h-9 shrink-0 items-center border-b-2 px-2.5 -outline-offset-2 pointer-coarse:h-11',
              part === here
                ? 'border-accent font-medium text-ink'
                : 'border-transparent text-ink-muted hover:text-ink',
            )}
          >
            {part.name}
          </Link>
        ))}
      </nav>
      <div className="flex w-full max-w-4xl flex-col gap-8">
        <Suspense>
          <here.Part />
        </Suspense>
      </div>
    </Page>
  )
}

/** On a phone there is not room for all of them. */
function reveal(link: HTMLElement | null): void {
  link?.scrollIntoView({ block: 'nearest', inline: 'center' })
}
