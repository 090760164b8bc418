import type { User } from '@rollcall/core/schema'
import { SignInForm } from '../accounts/sign-in-form.tsx'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

/** Over the page, which keeps all that was typed; what was asked for meanwhile goes on once somebody is back. */
export function SessionEnded({ user, message }: { user: User; message: string }) {
  return (
    <Dialog title="Sign in to go on">
      <div className="flex flex-col gap-4">
        <p className="text-ink-muted">{message} Nothing on this page is lost.</p>
        <SignInForm email={user.email} />
        <Button look="quiet" onClick={() => session.hearSignedOut()}>
          Leave this page instead
        </Button>
      </div>
    </Dialog>
  )
}
