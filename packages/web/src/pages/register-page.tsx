import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { EntryCard } from '../accounts/entry-card.tsx'
import { RegisterForm } from '../accounts/register-form.tsx'
import { sentenceOf } from '../api/query-client.ts'
import { instanceQuery } from '../api/resources.ts'
import { useHashSecret } from '../api/use-hash-secret.ts'
import { Mark } from '../frame/mark.tsx'
import { Starting } from '../frame/starting.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** The first account, a further one, or one by invitation (`/register#CODE`). */
export function RegisterPage() {
  const { data: instance, isPending, error, refetch } = useQuery(instanceQuery)
  const invitation = useHashSecret()
  if (isPending) return <Starting />
  const isFirst = instance?.has_account === false
  return (
    <EntryCard
      title={isFirst ? 'Create the first account' : 'Create account'}
      mark={<Mark />}
      below={
        !isFirst && (
          <>
            You have an account?{' '}
            <Link href="/" className="text-accent underline underline-offset-2">
              Sign in
            </Link>
          </>
        )
      }
    >
      {!instance ? (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {sentenceOf(error)}
        </Notice>
      ) : instance.registration === 'closed' ? (
        <Notice>
          {isFirst
            ? 'The first account is made on the machine of the server, or with the address in ROLLCALL_PUBLIC_URL.'
            : 'This server takes no new accounts: ask an admin.'}
        </Notice>
      ) : (
        <>
          <p className="text-ink-muted">
            {isFirst
              ? 'Whoever creates it administers this server.'
              : invitation
                ? 'You are invited to this server.'
                : 'Your keys and lists are yours alone: other accounts do not see them.'}
          </p>
          <RegisterForm instance={instance} invitation={invitation} />
        </>
      )}
    </EntryCard>
  )
}
