import { useQuery } from '@tanstack/react-query'
import { Link, Redirect } from 'wouter'
import { useHistoryState } from 'wouter/use-browser-location'
import { EnterDemoButton } from '../accounts/enter-demo-button.tsx'
import { EntryCard } from '../accounts/entry-card.tsx'
import { PASSWORD_IS_SET } from '../accounts/reset-form.tsx'
import { SignInForm } from '../accounts/sign-in-form.tsx'
import { instanceQuery } from '../api/resources.ts'
import { Mark } from '../frame/mark.tsx'
import { Starting } from '../frame/starting.tsx'
import { Notice } from '../ui/notice.tsx'

/** At whatever address: it stays the same, and its page comes after signing in. */
export function SignInPage() {
  const { data: instance, isPending } = useQuery(instanceQuery)
  const isPasswordSet = useHistoryState() === PASSWORD_IS_SET
  if (isPending) return <Starting />
  if (instance && !instance.has_account) return <Redirect to="/register" replace />
  return (
    <EntryCard title="Sign in" mark={<Mark />} below={instance && <Otherwise {...instance} />}>
      {isPasswordSet && <Notice>Your new password is set: sign in with it.</Notice>}
      {instance?.demo && (
        <>
          <EnterDemoButton demo={instance.demo} />
          <p className="flex items-center gap-3 text-ink-muted text-xs before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
            or with an account
          </p>
        </>
      )}
      <SignInForm />
    </EntryCard>
  )
}

function Otherwise({ registration }: { registration: 'open' | 'invite' | 'closed' }) {
  if (registration === 'closed') return 'This server takes no new accounts.'
  return (
    <>
      {registration === 'open' ? 'No account yet? ' : 'Invited? '}
      <Link href="/register" className="text-accent underline underline-offset-2">
        Create account
      </Link>
    </>
  )
}
