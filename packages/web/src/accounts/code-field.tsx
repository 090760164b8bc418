import type { ComponentProps } from 'react'
import { TextField } from '../ui/field.tsx'

/** The second factor: six digits, or a recovery code. */
export function CodeField(props: Omit<ComponentProps<typeof TextField>, 'label'>) {
  return (
    <TextField
      label="Code"
      name="code"
      hint="From your authenticator app, or one of your recovery codes."
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      className="font-mono"
      {...props}
    />
  )
}
