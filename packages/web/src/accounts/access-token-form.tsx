import { type Answer, SCOPES, type Scope } from '@rollcall/core/schema'
import { useState } from 'react'
import { askAnew } from '../api/ask-anew.ts'
import { accessTokensQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { session, useUser } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Choice, Choices, SelectField } from '../ui/choices.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'

const ABOUT: Record<Scope, string> = {
  models: 'See which models your keys can use.',
  keys: 'See, add, replace and delete your API keys; never read one.',
  runs: 'See, write down and delete your runs.',
  admin: 'Administer this server and everybody’s accounts.',
}
const EXPIRIES = [
  { days: 30, name: 'In 30 days' },
  { days: 90, name: 'In 90 days' },
  { days: 365, name: 'In a year' },
  { days: 0, name: 'Never' },
]
const USUAL_DAYS = 90

/** Makes an access token. */
export function AccessTokenForm({ onCreated }: { onCreated: (token: Answer<'createAccessToken'>) => void }) {
  const [scopes, setScopes] = useState<readonly Scope[]>(['models'])
  const isAdmin = useUser().role === 'admin'
  const form = useSubmit(async (read) => {
    const days = Number(read('expires_in_days'))
    const created = await session.call('createAccessToken', {
      body: { name: read('name'), scopes: [...scopes], ...(days > 0 ? { expires_in_days: days } : {}) },
    })
    onCreated(created)
    await askAnew(accessTokensQuery)
  })
  return (
    <form noValidate onSubmit={form.onSubmit} className="flex flex-col gap-3">
      <TextField
        label="Name"
        name="name"
        hint="Where it will be used, such as “laptop”."
        error={form.problemOf('name')}
        autoComplete="off"
        autoFocus
      />
      <Choices legend="What it may do" error={scopes.length === 0 ? 'Choose at least one.' : undefined}>
        {SCOPES.filter((scope) => isAdmin || scope !== 'admin').map((scope) => (
          <Choice
            key={scope}
            type="checkbox"
            label={scope}
            about={ABOUT[scope]}
            checked={scopes.includes(scope)}
            onChange={({ target }) =>
              setScopes(target.checked ? [...scopes, scope] : scopes.filter((other) => other !== scope))
            }
          />
        ))}
      </Choices>
      <SelectField label="Expires" name="expires_in_days" defaultValue={USUAL_DAYS}>
        {EXPIRIES.map(({ days, name }) => (
          <option key={days} value={days}>
            {name}
          </option>
        ))}
      </SelectField>
      {form.problem && <Notice tone="bad">{form.problem}</Notice>}
      <Button
        type="submit"
        look="primary"
        isBusy={form.isBusy}
        disabled={scopes.length === 0}
        className="self-end"
      >
        Create token
      </Button>
    </form>
  )
}
