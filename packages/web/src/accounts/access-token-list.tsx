import type { AccessToken } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { sentenceOf } from '../api/query-client.ts'
import { accessTokensQuery } from '../api/resources.ts'
import { session } from '../session/this-session.ts'
import { Age } from '../ui/age.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Card } from '../ui/page.tsx'
import { expiryText } from './expiry-text.ts'

/** Your access tokens, without the tokens. */
export function AccessTokenList({ tokens }: { tokens: readonly AccessToken[] }) {
  const [revoked, setRevoked] = useState<AccessToken>()
  return (
    <Card>
      <ul className="divide-y divide-line">
        {tokens.map((token) => (
          <li key={token.id} className="flex items-center gap-3 px-3 py-2.5">
            <div className="flex min-w-0 grow flex-col gap-0.5">
              <p className="flex min-w-0 flex-wrap items-baseline gap-x-2">
                <InertText className="min-w-0 break-words font-medium">{token.name}</InertText>
                <code className="text-ink-muted text-xs">{token.preview}</code>
              </p>
              <p className="text-ink-muted text-xs">
                {token.scopes.join(', ')} · created <Age moment={token.created_at} /> ·{' '}
                {expiryText(token.expires_at, Date.now())} ·{' '}
                {token.last_used_at ? (
                  <>
                    last used <Age moment={token.last_used_at} />
                  </>
                ) : (
                  'never used'
                )}
              </p>
            </div>
            <Button
              look="danger"
              icon={Trash2}
              aria-label={`Revoke ${visible(token.name)}`}
              onClick={() => setRevoked(token)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
      {revoked && (
        <ConfirmDialog
          title="Revoke access token"
          action="Revoke"
          sentenceOf={sentenceOf}
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            await session.call('revokeAccessToken', { params: { id: revoked.id } })
            await askAnew(accessTokensQuery)
          }}
        >
          Whatever uses <InertText className="font-medium">{revoked.name}</InertText> ({revoked.preview}) is
          refused from now on.
        </ConfirmDialog>
      )}
    </Card>
  )
}
