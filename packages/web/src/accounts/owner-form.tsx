import type { ReactNode } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { SecretField } from '../ui/secret-field.tsx'
import { CodeField } from './code-field.tsx'

export interface OwnerProof {
  password: string
  code?: string
}

/** Whoever changes what guards the account proves once more to be its owner. */
export function OwnerForm({
  wantsCode,
  action,
  isDangerous = false,
  isBlocked = false,
  send,
  children,
}: {
  wantsCode: boolean
  /** What the button says: a verb. */
  action: string
  isDangerous?: boolean
  isBlocked?: boolean
  send: (proof: OwnerProof) => Promise<unknown>
  /** Before the password. */
  children?: ReactNode
}) {
  const form = useSubmit((read) =>
    send({ password: read('password'), ...(wantsCode ? { code: read('code') } : {}) }),
  )
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      {children}
      <SecretField
        label="Password"
        name="password"
        autoComplete="current-password"
        error={form.problemOf('password')}
        autoFocus={!children}
      />
      {wantsCode && <CodeField error={form.problemOf('code')} />}
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button
        type="submit"
        look={isDangerous ? 'danger' : 'primary'}
        isBusy={form.isBusy}
        disabled={isBlocked}
        className="self-end"
      >
        {action}
      </Button>
    </form>
  )
}
