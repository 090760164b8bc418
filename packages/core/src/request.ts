import type { ApiKey } from './api-key.ts'
import type { Provider } from './provider.ts'

export const USER_AGENT = 'rollcall/0.1'

/** Shorter keys are in real texts by chance. No provider's key is this short. */
const SHORTEST_TELLING_KEY = 8

/**
 * The only place where a key meets a request. Returns the headers of every call with this key, and a question:
 * does a text hold the key, plainly or thinly disguised? A provider that sends it back must not be quoted anywhere.
 */
export function authorise(provider: Provider, key: ApiKey) {
  const secret = key.reveal()
  const credential: Record<string, string> =
    provider.auth === 'bearer' ? { authorization: `Bearer ${secret}` } : { [provider.auth.header]: secret }
  return {
    headers: { accept: 'application/json', 'user-agent': USER_AGENT, ...provider.headers, ...credential },
    isEchoedIn: createEchoCheck(secret),
    /** No form in which an echo is seen has more characters. */
    longestEcho: 3 * secret.length,
    /** How many characters at the end of a text could be the beginning of the key. */
    begunAtEndOf: (text: string): number => begunAtEnd(text, secret),
  }
}

function begunAtEnd(text: string, secret: string): number {
  if (secret.length < SHORTEST_TELLING_KEY) return 0
  for (let length = Math.min(text.length, secret.length - 1); length > 0; length--) {
    if (text.endsWith(secret.slice(0, length))) return length
  }
  return 0
}

function createEchoCheck(secret: string): (text: string) => boolean {
  if (secret.length < SHORTEST_TELLING_KEY) return () => false
  const hex = [...secret].map((character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')
  const needles = new Set([
    secret,
    [...secret].reverse().join(''),
    encodeURIComponent(secret),
    hex,
    hex.toUpperCase(),
    ...[0, 1, 2].flatMap((shift) => base64Core(secret, shift)),
  ])
  return (text) => [...needles].some((needle) => text.includes(needle))
}

/** The part of the Base64 form that does not depend on what stands around the secret, `shift` bytes into a group. */
function base64Core(secret: string, shift: number): string[] {
  const encoded = btoa('\0'.repeat(shift) + secret)
  const from = shift === 0 ? 0 : shift + 1
  const tail = (shift + secret.length) % 3
  const core = encoded.replace(/=+$/, '').slice(from, tail === 0 ? undefined : -1)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}
