import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { session, useUser } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { showToast } from '../ui/toasts.tsx'

/** Changes the password; every other session of the account ends with it. */
export function PasswordForm() {
  const { email } = useUser()
  const [changes, setChanges] = useState(0)
  const form = useSubmit(async (read) => {
    session.accept(
      await session.call('changePassword', {
        body: { current_password: read('current_password'), new_password: read('new_password') },
      }),
    )
    showToast({ text: 'Password changed; all other sessions have ended' })
    setChanges(changes + 1)
  })
  return (
    // what was typed goes with what it was for
    <form key={changes} noValidate onSubmit={form.onSubmit} className="flex max-w-sm flex-col gap-3">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <SecretField
        label="Current password"
        name="current_password"
        autoComplete="current-password"
        error={form.problemOf('current_password')}
      />
      <SecretField
        label="New password"
        name="new_password"
        autoComplete="new-password"
        hint="At least 8 characters."
        error={form.problemOf('new_password')}
      />
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button type="submit" isBusy={form.isBusy} className="self-start">
        Change password
      </Button>
    </form>
  )
}
