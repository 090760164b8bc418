import { problemOfApiKeyText } from '@rollcall/core/schema'
import { Button } from '../ui/button.tsx'
import { keyInLine } from './key-in-line.ts'
import { likelyProvider } from './likely-provider.ts'

/** What can be said of a key's text while it is typed: what is wrong with it. */
export function problemWhileTyping(text: string): string | undefined {
  const problem = text === '' ? undefined : problemOfApiKeyText(text)
  return problem && `${problem}.`
}

/** What else can be said: how to mend it, or that it may be meant for another provider. */
export function KeyTextNote({
  text,
  provider,
  nameOf,
  onMend,
}: {
  text: string
  provider: string
  nameOf: (provider: string) => string | undefined
  onMend: (text: string) => void
}) {
  const inLine = keyInLine(text)
  if (inLine !== undefined) {
    return (
      <p className="flex flex-wrap items-center gap-2">
        That looks like a whole line of a file.
        <Button onClick={() => onMend(inLine)}>Use only the key</Button>
      </p>
    )
  }
  const mended = text.trim()
  if (mended !== text && mended !== '') {
    return (
      <p className="flex flex-wrap items-center gap-2">
        White space was pasted around the key.
        <Button onClick={() => onMend(mended)}>Remove it</Button>
      </p>
    )
  }
  const likely = likelyProvider(text)
  const name = likely === undefined || likely === provider ? undefined : nameOf(likely)
  return name && <p className="text-warn">Keys of {name} begin like this one.</p>
}
