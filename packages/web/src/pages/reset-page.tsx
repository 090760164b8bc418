import { Link } from 'wouter'
import { EntryCard } from '../accounts/entry-card.tsx'
import { ResetForm } from '../accounts/reset-form.tsx'
import { useHashSecret } from '../api/use-hash-secret.ts'
import { Mark } from '../frame/mark.tsx'
import { Notice } from '../ui/notice.tsx'

/** Where a reset link leads: `/reset#TOKEN`. */
export function ResetPage() {
  const token = useHashSecret()
  return (
    <EntryCard
      title="Set a new password"
      mark={<Mark />}
      below={
        <Link href="/" className="text-accent underline underline-offset-2">
          Sign in instead
        </Link>
      }
    >
      {token ? (
        <>
          <p className="text-ink-muted">All sessions of your account end with it.</p>
          <ResetForm token={token} />
        </>
      ) : (
        <Notice>Open the whole reset link that an admin gave you: its last part is missing here.</Notice>
      )}
    </EntryCard>
  )
}
