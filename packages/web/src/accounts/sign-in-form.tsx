import { ApiError } from '@rollcall/core/schema'
import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { CodeField } from './code-field.tsx'
import { EmailField } from './email-field.tsx'

/** Signs in; with `email` fixed where the same person is to come back. */
export function SignInForm({ email }: { email?: string }) {
  const [wantsCode, setWantsCode] = useState(false)
  const form = useSubmit(async (read) => {
    const code = read('code')
    try {
      session.accept(
        await session.call('signIn', {
          body: { email: read('email'), password: read('password'), ...(code ? { code } : {}) },
        }),
      )
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'second_factor_required' || wantsCode) throw error
      setWantsCode(true)
    }
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <EmailField
        defaultValue={email}
        readOnly={email !== undefined}
        autoFocus={email === undefined}
        error={form.problemOf('email')}
      />
      <SecretField
        label="Password"
        name="password"
        autoComplete="current-password"
        autoFocus={email !== undefined}
        error={form.problemOf('password')}
      />
      {wantsCode && <CodeField autoFocus error={form.problemOf('code')} />}
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button type="submit" look="primary" isBusy={form.isBusy} className="h-9 w-full">
        Sign in
      </Button>
    </form>
  )
}
