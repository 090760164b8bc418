/** Put into every key that a test makes up, so that each one is known by it. */
export const CANARY = 'canary7Qz3vXk9'
/** In each of the simulator's keys. */
const SIMULATED = ['not-a-real-key-000', 'not_a_real_key_000']

/** Keys, or what contains the canary, in any form in which one could lie about: plain, Base64, hex, URL, UTF-16. */
export function findKeys(bytes: Buffer, keys: readonly string[] = [CANARY, ...SIMULATED]): string[] {
  return keys.flatMap((key) =>
    Object.entries(formsOf(key)).flatMap(([form, needles]) =>
      needles.some((needle) => bytes.includes(needle)) ? [`${key.slice(0, 8)}… (${form})`] : [],
    ),
  )
}

function formsOf(key: string): Record<string, Buffer[]> {
  const bytes = Buffer.from(key)
  const hex = bytes.toString('hex')
  return {
    plain: [bytes],
    reversed: [Buffer.from([...key].reverse().join(''))],
    base64: [0, 1, 2].flatMap((shift) => base64Core(bytes, shift)).map((text) => Buffer.from(text)),
    hex: [Buffer.from(hex), Buffer.from(hex.toUpperCase())],
    url: [
      Buffer.from([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('')),
    ],
    utf16: [Buffer.from(key, 'utf16le')],
  }
}

/** The part of the Base64 form that does not depend on what stands around, `shift` bytes into a group. */
function base64Core(bytes: Buffer, shift: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const core = encoded.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}
