import type { Answer } from '@rollcall/core/schema'
import { lazy, Suspense, useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { meQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'
import { CodeField } from './code-field.tsx'
import { OwnerForm } from './owner-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const QrCode = lazy(async () => ({ default: (await import('./qr-code.tsx')).QrCode }))

/** Password, then the secret goes to the app, then a first code of it, then the recovery codes. */
export function TwoFactorSetup({ onClose }: { onClose: () => void }) {
  const [begun, setBegun] = useState<Answer<'setUpTwoFactor'>>()
  const [codes, setCodes] = useState<readonly string[]>()
  const title = 'Set up the second factor'
  if (codes) {
    return (
      <Dialog title="Your recovery codes">
        <RecoveryCodes codes={codes} onDone={onClose} />
      </Dialog>
    )
  }
  return (
    <Dialog title={title} onClose={onClose}>
      {begun ? (
        <FirstCode begun={begun} onConfirmed={setCodes} />
      ) : (
        <OwnerForm
          wantsCode={false}
          action="Go on"
          send={async (body) => setBegun(await session.call('setUpTwoFactor', { body }))}
        />
      )}
    </Dialog>
  )
}

function FirstCode({
  begun: { secret, uri },
  onConfirmed,
}: {
  begun: Answer<'setUpTwoFactor'>
  onConfirmed: (codes: readonly string[]) => void
}) {
  const form = useSubmit(async (read) => {
    const { recovery_codes } = await session.call('confirmTwoFactor', { body: { code: read('code') } })
    onConfirmed(recovery_codes)
    await askAnew(meQuery)
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
      <p>Scan this with an authenticator app, or type the secret into it.</p>
      <div className="flex flex-wrap items-start gap-4">
        <Suspense fallback={<div className="skeleton size-44" />}>
          <QrCode text={uri} label="QR code for your authenticator app" />
        </Suspense>
        <div className="min-w-0 flex-1 basis-52">
          <ShownOnce label="Secret" text={secret} />
        </div>
      </div>
      <CodeField hint="Six digits that the app shows now." error={form.problemOf('code')} autoFocus />
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button type="submit" look="primary" isBusy={form.isBusy} className="self-end">
        Switch on
      </Button>
    </form>
  )
}
