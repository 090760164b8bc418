import type { ManagedUser } from '@rollcall/core/schema'
import { useState } from 'react'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'

/** Makes a link with which its owner sets a new password, and shows it once. */
export function ResetLinkDialog({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const [url, setUrl] = useState<string>()
  const form = useSubmit(async (read) => {
    const body = { remove_second_factor: read('remove_second_factor') === 'on' }
    setUrl((await session.call('createResetLink', { params: { id: user.id }, body })).url)
  })
  const email = <InertText className="font-medium">{user.email}</InertText>
  if (url) {
    return (
      <Dialog title="Reset link">
        <div className="flex flex-col gap-4">
          <p>
            Give it to {email} in private: whoever opens it within a day sets a new password. It works once
            and is not shown again.
          </p>
          <ShownOnce label="Reset link" text={url} />
          <Button look="primary" autoFocus className="self-end" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="Create reset link" onClose={onClose}>
      <form onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <p>With it {email} sets a new password once, within a day. Earlier reset links of the account end.</p>
        {user.two_factor && (
          <Choice
            type="checkbox"
            name="remove_second_factor"
            label="Switch the second factor off as well"
            about="Where the authenticator app is lost, and the recovery codes too."
          />
        )}
        {form.problem && <Notice tone="bad">{form.problem}</Notice>}
        <Button type="submit" look="primary" isBusy={form.isBusy} className="self-end">
          Create reset link
        </Button>
      </form>
    </Dialog>
  )
}
