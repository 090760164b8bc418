import { useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { invitationsQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/notice.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'
import { EmailField } from './email-field.tsx'

/** Makes an invitation and shows its link once. */
export function InvitationDialog({ onClose }: { onClose: () => void }) {
  const [url, setUrl] = useState<string>()
  const form = useSubmit(async (read) => {
    const email = read('email')
    setUrl((await session.call('createInvitation', { body: email ? { email } : {} })).url)
    await askAnew(invitationsQuery)
  })
  if (url) {
    return (
      <Dialog title="Invitation">
        <div className="flex flex-col gap-4">
          <p>Pass this link on: it creates one account within a week, and is not shown again.</p>
          <ShownOnce label="Invitation link" text={url} />
          <Button look="primary" autoFocus className="self-end" onClick={onClose}>
            Done
          </Button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog title="Invite somebody" onClose={onClose}>
      <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-4">
        <EmailField
          note="Optional"
          hint="With an address, only its owner can use the invitation. No mail is sent."
          autoComplete="off"
          error={form.problemOf('email')}
          autoFocus
        />
        {form.problem && <Notice tone="bad">{form.problem}</Notice>}
        <Button type="submit" look="primary" isBusy={form.isBusy} className="self-end">
          Create invitation
        </Button>
      </form>
    </Dialog>
  )
}
