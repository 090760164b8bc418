import { useQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { DeleteAccountDialog } from '../../accounts/delete-account-dialog.tsx'
import { ExportButton } from '../../accounts/export-button.tsx'
import { PasswordForm } from '../../accounts/password-form.tsx'
import { signOut } from '../../accounts/sign-out.ts'
import { TwoFactorSection } from '../../accounts/two-factor-section.tsx'
import { meQuery } from '../../api/resources.ts'
import { useUser } from '../../session/this-session.ts'
import { Button } from '../../ui/button.tsx'
import { InertText } from '../../ui/inert-text.tsx'
import { Section } from '../../ui/page.tsx'

/** What concerns the account itself. */
export function AccountSettings() {
  const user = useUser()
  const { data: me = user } = useQuery(meQuery)
  const [isDeleting, setIsDeleting] = useState(false)
  return (
    <>
      <Section
        title="Account"
        about={
          <>
            <InertText>{me.email}</InertText>
            {me.role === 'admin' && ' · admin'}
          </>
        }
        actions={
          <Button icon={LogOut} onClick={() => void signOut()}>
            Sign out
          </Button>
        }
      >
        {null}
      </Section>
      <Section title="Password" about="All other sessions of yours end when it is changed.">
        <PasswordForm />
      </Section>
      <TwoFactorSection isOn={me.two_factor} />
      <Section
        title="Your data"
        about="All that is stored about you, as JSON; of keys only what is shown here."
      >
        <ExportButton />
      </Section>
      <Section title="Delete account" about="With everything in it, at once and for good.">
        <Button look="danger" className="self-start" onClick={() => setIsDeleting(true)}>
          Delete account…
        </Button>
      </Section>
      {isDeleting && <DeleteAccountDialog wantsCode={me.two_factor} onClose={() => setIsDeleting(false)} />}
    </>
  )
}
