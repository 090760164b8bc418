import { problemOfApiKeyText } from '@rollcall/core/schema'

/** What people copy around a key; the key is the first group. */
const AROUND: readonly RegExp[] = [
  /^(.+?)\s*[;,]+$/,
  /^"([^"]+)"$/,
  /^'([^']+)'$/,
  /^`([^`]+)`$/,
  // no key has an equals sign but at its end
  /^(?:export\s+)?["']?[a-z_][\w.-]*["']?\s*=\s*([^=\s].*)$/i,
  // a colon may be part of a key, so the name must say what it is
  /^["']?[\w-]*(?:key|token|authorization)["']?\s*:\s*(.+)$/i,
  /^bearer\s+(.+)$/i,
]

/** The key in a text that is a line of a file or of a request; undefined where it looks like a key alone. */
export function keyInLine(text: string): string | undefined {
  const line = text.trim()
  let rest = line
  for (;;) {
    const inner = AROUND.map((around) => around.exec(rest)?.[1]).find((found) => found !== undefined)
    if (inner === undefined) break
    rest = inner
  }
  return rest === line || problemOfApiKeyText(rest) !== undefined ? undefined : rest
}
