import { useState } from 'react'
import { session, useUser } from '../session/this-session.ts'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { OwnerForm } from './owner-form.tsx'

/** Deletes the account, after its address was typed and its owner has proved to be one. */
export function DeleteAccountDialog({ wantsCode, onClose }: { wantsCode: boolean; onClose: () => void }) {
  const { email } = useUser()
  const [typed, setTyped] = useState('')
  return (
    <Dialog title="Delete account" onClose={onClose}>
      <OwnerForm
        wantsCode={wantsCode}
        isDangerous
        isBlocked={typed.trim().toLowerCase() !== email}
        action="Delete account"
        send={async (body) => {
          await session.call('deleteAccount', { body })
          await session.signOut()
        }}
      >
        <p>
          The account <InertText className="font-medium">{email}</InertText>, its API keys, its runs and all
          else in it are deleted at once. Nobody can bring them back.
        </p>
        <TextField
          label="Type your e-mail address to confirm"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
        />
      </OwnerForm>
    </Dialog>
  )
}
