import { useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { meQuery } from '../api/resources.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import { OwnerForm } from './owner-form.tsx'
import { TwoFactorSetup } from './two-factor-setup.tsx'

/** Whether a code is wanted beside the password, and how to change that. */
export function TwoFactorSection({ isOn }: { isOn: boolean }) {
  const [opened, setOpened] = useState<'set_up' | 'switch_off'>()
  const close = () => setOpened(undefined)
  return (
    <Section title="Second factor" about="A code of an authenticator app, asked for beside the password.">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Status tone={isOn ? 'ok' : 'none'}>{isOn ? 'on' : 'off'}</Status>
        {isOn ? (
          <Button onClick={() => setOpened('switch_off')}>Switch off</Button>
        ) : (
          <Button onClick={() => setOpened('set_up')}>Set up</Button>
        )}
      </div>
      {opened === 'set_up' && <TwoFactorSetup onClose={close} />}
      {opened === 'switch_off' && (
        <Dialog title="Switch the second factor off" onClose={close}>
          <OwnerForm
            wantsCode
            isDangerous
            action="Switch off"
            send={async (body) => {
              await session.call('removeTwoFactor', { body })
              await askAnew(meQuery)
              close()
            }}
          />
        </Dialog>
      )}
    </Section>
  )
}
