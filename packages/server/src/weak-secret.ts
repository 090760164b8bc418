import { createHash } from 'node:crypto'

/** 32 random bytes hold fewer different ones in less than one of 10²⁰ cases. */
const LEAST_DIFFERENT_BYTES = 16
/** 43 random characters have more than 30 different ones, as a rule. */
const LEAST_DIFFERENT_CHARACTERS = 16
/** 43 random characters have one such pair in 64. */
const MOST_STEPS = 9

/** In no random text, or in one of a million. */
const WORDS =
  /change|secret|password|passwd|example|rollcall|default|replace|insert|please|random|sample|master|private|qwerty|asdfgh|zxcvbn|letmein|welcome|abcdef|123456|foobar/i
/** Of which people take the SHA-256, as if that made a secret of them. */
const HASHED = [
  '',
  'password',
  'secret',
  'changeme',
  'test',
  'admin',
  'rollcall',
  '123456',
  'hello',
  'key',
  'example',
]
const KNOWN = [
  ...HASHED.flatMap((word) => [sha256(word), sha256(`${word}\n`)]),
  // the AES-256 examples of FIPS 197 and SP 800-38A
  '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4',
]

/** Whether nobody drew it by lot: an example, a pattern, a text. `text` is how `bytes` was written, in hex or Base64. */
export function isWeakSecret(bytes: Buffer, text: string): boolean {
  return (
    new Set(bytes).size < LEAST_DIFFERENT_BYTES ||
    /^[\t\n\r\x20-\x7e]+$/.test(bytes.toString('latin1')) ||
    isPattern(bytes) ||
    KNOWN.includes(bytes.toString('hex')) ||
    (/^[0-9a-f]{64}$/i.test(text) ? /^\d+$/.test(text) : isWritten(text))
  )
}

/** The same again and again, or in even steps such as 00 01 02: looks various, is none. */
function isPattern(bytes: Buffer): boolean {
  const step = (index: number) => ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0)) & 0xff
  if (bytes.every((_, index) => index < 2 || step(index) === step(1))) return true
  return Array.from({ length: bytes.length / 2 }, (_, index) => index + 1).some((period) =>
    bytes.every((byte, index) => index < period || byte === bytes[index - period]),
  )
}

/** Whether somebody wrote those characters, since any 43 of them happen to be Base64. */
function isWritten(text: string): boolean {
  const isOfOneCase = !/[a-z]/.test(text) || !/[A-Z]/.test(text)
  const steps = [...text].filter(
    (character, index) => character.charCodeAt(0) - text.charCodeAt(index - 1) === 1,
  )
  return (
    isOfOneCase ||
    WORDS.test(text) ||
    new Set(text).size < LEAST_DIFFERENT_CHARACTERS ||
    steps.length > MOST_STEPS
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
