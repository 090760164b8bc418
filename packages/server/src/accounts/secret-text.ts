import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const TOKEN_PREFIX = 'rc_'
const RANDOM_CHARS = 32
const CHECK_CHARS = 6
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** 256 random bits for links, codes and cookies. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What the database keeps of a secret with so many random bits: a plain hash is enough. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}

/** `rc_`, 190 random bits, and a checksum by which scanners know a real one from a look-alike. */
export function newAccessTokenText(): string {
  let random = ''
  while (random.length < RANDOM_CHARS) {
    // 248 is the last multiple of 62 in a byte: what is beyond would favour some digits
    for (const byte of randomBytes(RANDOM_CHARS)) if (byte < 248) random += DIGITS[byte % 62]
  }
  const body = random.slice(0, RANDOM_CHARS)
  return `${TOKEN_PREFIX}${body}${checksum(body)}`
}

/** Whether it has the form of a personal access token, checksum included. */
export function isAccessTokenText(text: string): boolean {
  const match = /^rc_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/.exec(text)
  return match?.[1] !== undefined && checksum(match[1]) === match[2]
}

function checksum(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let index = 0; index < CHECK_CHARS; index++) {
    text = `${DIGITS[rest % 62]}${text}`
    rest = Math.floor(rest / 62)
  }
  return text
}
