import type { Instance } from '@rollcall/core/schema'
import { useLocation } from 'wouter'
import { queryClient } from '../api/query-client.ts'
import { instanceQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { EmailField } from './email-field.tsx'

/** Creates an account and goes where its first key is added. `invitation`: what the link carried, or "". */
export function RegisterForm({ instance, invitation }: { instance: Instance; invitation: string }) {
  const [, navigate] = useLocation()
  const wantsInvitation = instance.has_account && instance.registration === 'invite' && !invitation
  const form = useSubmit(async (read) => {
    const code = read('setup_code')
    const invited = invitation || read('invitation')
    const signedIn = await session.call('register', {
      body: {
        email: read('email'),
        password: read('password'),
        ...(code ? { setup_code: code } : {}),
        ...(invited ? { invitation: invited } : {}),
      },
    })
    navigate('/settings/keys', { replace: true })
    session.accept(signedIn)
    void queryClient.invalidateQueries(instanceQuery)
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      {instance.wants_setup_code && (
        <TextField
          label="Set-up code"
          name="setup_code"
          hint="It was printed where the server was started."
          error={form.problemOf('setup_code')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          className="font-mono"
        />
      )}
      {wantsInvitation && (
        <TextField
          label="Invitation"
          name="invitation"
          hint="The code that an admin of this server gave you."
          error={form.problemOf('invitation')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          className="font-mono"
        />
      )}
      <EmailField
        autoFocus={!instance.wants_setup_code && !wantsInvitation}
        error={form.problemOf('email')}
      />
      <SecretField
        label="Password"
        name="password"
        autoComplete="new-password"
        hint="At least 8 characters."
        error={form.problemOf('password')}
      />
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button type="submit" look="primary" isBusy={form.isBusy} className="h-9 w-full">
        Create account
      </Button>
    </form>
  )
}
