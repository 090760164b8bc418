import type { Answer } from '@rollcall/core/schema'
import { useState } from 'react'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { ShownOnce } from '../ui/shown-once.tsx'
import { AccessTokenForm } from './access-token-form.tsx'

/** Makes an access token and shows it once. */
export function AccessTokenDialog({ onClose }: { onClose: () => void }) {
  const [created, setCreated] = useState<Answer<'createAccessToken'>>()
  // shown once: no slip of the finger takes it away
  return created ? (
    <Dialog title="Your new access token">
      <div className="flex flex-col gap-4">
        <p>Copy it now: it is not shown again.</p>
        <ShownOnce label="Access token" text={created.token} />
        <ShownOnce label="Example" text={exampleOf(created)} />
        <Button look="primary" className="self-end" autoFocus onClick={onClose}>
          Done
        </Button>
      </div>
    </Dialog>
  ) : (
    <Dialog title="Create access token" onClose={onClose}>
      <AccessTokenForm onCreated={setCreated} />
    </Dialog>
  )
}

function exampleOf({ token, scopes }: Answer<'createAccessToken'>): string {
  const paths = {
    models: '/api/available-models',
    keys: '/api/api-keys',
    runs: '/api/runs',
    admin: '/api/admin/users',
  }
  const path = paths[scopes[0] ?? 'models']
  return `curl -H "Authorization: Bearer ${token}" ${location.origin}${path}`
}
