import { hash, verify } from '@node-rs/argon2'
import { describe, expect, it } from 'vitest'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords()

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash` */
function parsePhc(text: string) {
  const [, algorithm, version, cost = '', salt = '', digest = ''] = text.split('$')
  const parameters = Object.fromEntries(cost.split(',').map((part) => part.split('=')))
  const bytes = (base64: string) => Buffer.from(base64, 'base64').length
  return { algorithm, version, parameters, saltBytes: bytes(salt), hashBytes: bytes(digest) }
}

describe('a password', () => {
  it('is kept as Argon2id with at least what OWASP asks for, and a salt of its own', async () => {
    const [first, second] = [await passwords.hash('one password'), await passwords.hash('one password')]
    const { algorithm, version, parameters, saltBytes, hashBytes } = parsePhc(first)
    expect([algorithm, version, saltBytes, hashBytes]).toEqual(['argon2id', 'v=19', 16, 32])
    expect(Number(parameters.m)).toBeGreaterThanOrEqual(19 * 1024)
    expect(Number(parameters.t)).toBeGreaterThanOrEqual(2)
    expect(Number(parameters.p)).toBe(1)
    expect(second).not.toBe(first)
  })

  it.each([
    ['beyond 72 bytes', `${'a'.repeat(200)}b`, `${'a'.repeat(200)}c`],
    ['in its second sign of two that show as one', 'passwort-e\u0301', 'passwort-\u00e9'],
    ['in one astral sign', 'password-\u{1f600}', 'password-\u{1f601}'],
    ['behind a NUL', 'password\0a', 'password\0b'],
    ['in a space at its end', 'password', 'password '],
    ['in the case of a letter', 'password', 'Password'],
  ])('is another one when it differs %s', async (_what, one, other) => {
    const stored = await passwords.hash(one)
    expect(await passwords.verify(one, stored)).toBe(true)
    expect(await passwords.verify(other, stored)).toBe(false)
  })

  it('is compared with as much work where there is no account', async () => {
    const compared: string[] = []
    const counting = createPasswords({
      hash,
      verify(stored, password) {
        compared.push(stored)
        return verify(stored, password)
      },
    })
    const stored = await passwords.hash('one password')
    expect(await counting.verify('another', stored)).toBe(false)
    expect(await counting.verify('another', undefined)).toBe(false)
    const [withAccount, without] = compared.map(parsePhc)
    expect(without).toEqual(withAccount)
  })

  it('opens no account that is not there, whatever it is', async () => {
    const alwaysRight = createPasswords({ hash, verify: async () => true })
    expect(await alwaysRight.verify('any', undefined)).toBe(false)
  })
})
