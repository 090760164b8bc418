import { useLocation } from 'wouter'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'

/** What the sign-in page is told by whoever comes from here. */
export const PASSWORD_IS_SET = 'password-is-set'

/** Sets a new password with what a reset link carried. */
export function ResetForm({ token }: { token: string }) {
  const [, navigate] = useLocation()
  const form = useSubmit(async (read) => {
    await session.call('resetPassword', { body: { token, new_password: read('new_password') } })
    navigate('/', { replace: true, state: PASSWORD_IS_SET })
    // whoever was signed in here has no session any more
    session.hearSignedOut()
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <SecretField
        label="New password"
        name="new_password"
        autoComplete="new-password"
        hint="At least 8 characters."
        error={form.problemOf('new_password')}
        autoFocus
      />
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button type="submit" look="primary" isBusy={form.isBusy} className="h-9 w-full">
        Set new password
      </Button>
    </form>
  )
}
