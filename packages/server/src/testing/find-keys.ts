/** Put into every key that a test makes up, so that each one is known by it. */
export const CANARY = 'canary7Qz3vXk9'
/** In each of the simulator's keys. */
const SIMULATED = ['not-a-real-key-000', 'not_a_real_key_000']
/** More of a key than any preview shows. */
const PIECE = 8

/** Keys, or what contains the canary, in any form in which one could lie about. */
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
  const eachByte = (write: (hex: string) => string) =>
    [...bytes].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('')
  const all = (...texts: string[]) => texts.map((text) => Buffer.from(text))
  return {
    plain: all(key),
    'a piece': key === CANARY ? all(...piecesOf(key)) : [],
    reversed: all([...key].reverse().join('')),
    base64: all(...[0, 1, 2].flatMap((shift) => base64Core(bytes, shift))),
    hex: all(hex, hex.toUpperCase()),
    url: all(
      eachByte((byte) => `%${byte}`),
      eachByte((byte) => `%${byte.toUpperCase()}`),
    ),
    json: all(
      eachByte((byte) => `\\u00${byte}`),
      eachByte((byte) => `\\u00${byte.toUpperCase()}`),
    ),
    utf16: [Buffer.from(key, 'utf16le'), Buffer.from(key, 'utf16le').swap16()],
  }
}

function piecesOf(key: string): string[] {
  return Array.from({ length: key.length - PIECE + 1 }, (_, start) => key.slice(start, start + PIECE))
}

/** The part of the Base64 form that does not depend on what stands around, `shift` bytes into a group. */
function base64Core(bytes: Buffer, shift: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const core = encoded.slice(shift === 0 ? 0 : shift + 1, (shift + bytes.length) % 3 === 0 ? undefined : -1)
  return [core, core.replaceAll('+', '-').replaceAll('/', '_')]
}
