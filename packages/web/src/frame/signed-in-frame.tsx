import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { queryClient } from '../api/query-client.ts'
import { useModelsEverywhere } from '../models/available-models.ts'
import { session, useSession } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { useShortcut, useShortcutKeys } from '../ui/shortcuts.ts'
import { Toasts } from '../ui/toasts.tsx'
import { AccountMenu } from './account-menu.tsx'
import { DemoBanner } from './demo-banner.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { followChanges } from './follow-changes.ts'
import { Navigation } from './navigation.tsx'
import { OfflineNotice } from './offline-notice.tsx'
import { ShortcutList } from './shortcut-list.tsx'

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }))
const SessionEnded = lazy(async () => ({ default: (await import('./session-ended.tsx')).SessionEnded }))
type Opened = 'palette' | 'shortcuts' | undefined

/** What stands around every page of whoever is signed in. */
export function SignedInFrame({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<Opened>()
  const [path] = useLocation()
  const state = useSession()
  useShortcutKeys()
  useModelsEverywhere()
  useShortcut('mod+k', 'Open the command palette', () => setOpened('palette'))
  useShortcut('?', 'Show all shortcuts', () => setOpened('shortcuts'))
  useEffect(() => {
    const leaving = new AbortController()
    followChanges(session, queryClient, leaving.signal)
    return () => {
      leaving.abort()
      queryClient.clear()
    }
  }, [])
  const close = () => setOpened(undefined)
  return (
    <div className="flex min-h-dvh flex-col sm:flex-row">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-raised focus:p-2"
      >
        Skip to the content
      </a>
      <Navigation
        onSearch={() => setOpened('palette')}
        account={<AccountMenu onShortcuts={() => setOpened('shortcuts')} />}
      />
      <div className="flex min-w-0 grow flex-col max-sm:pb-16">
        <DemoBanner />
        <OfflineNotice />
        <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
          {/* a page that failed is left behind with its address */}
          <ErrorBoundary path={path}>
            <Suspense>{children}</Suspense>
          </ErrorBoundary>
        </main>
      </div>
      {opened === 'palette' && (
        <Part onClose={close}>
          <CommandPalette onClose={close} onShortcuts={() => setOpened('shortcuts')} />
        </Part>
      )}
      {opened === 'shortcuts' && <ShortcutList onClose={close} />}
      {state.kind === 'ended' && (
        <Part>
          <SessionEnded user={state.user} message={state.message} />
        </Part>
      )}
      <Toasts />
    </div>
  )
}

/** A window of the frame that is loaded when it is opened; where that fails, the page behind it goes on. */
function Part({ children, onClose }: { children: ReactNode; onClose?: () => void }) {
  const message = (
    <div className="fixed inset-x-4 top-4 z-50 mx-auto max-w-lg rounded-md border border-line bg-raised shadow-float">
      <Notice
        tone="bad"
        action={
          <>
            <Button onClick={() => location.reload()}>Reload</Button>
            {onClose && <Button onClick={onClose}>Close</Button>}
          </>
        }
      >
        This could not be loaded: the server did not answer, or it was updated meanwhile.
      </Notice>
    </div>
  )
  return (
    <ErrorBoundary fallback={message}>
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  )
}
