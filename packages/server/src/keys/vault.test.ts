import { randomBytes } from 'node:crypto'
import { base64url, CompactEncrypt, type CompactJWEHeaderParameters, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import type { MasterKey } from '../secrets.ts'
import { CANARY } from '../testing/find-keys.ts'
import { createVault, type Vault } from './vault.ts'

const KEY = `sk-${CANARY}-ünïcode-and-quite-long`
const BINDING = {
  purpose: 'api_key',
  owner: 'ada',
  provider: 'openai',
  label: 'work',
  target: 'built-in:openai',
} as const
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const newKey = (kid: string): MasterKey => ({ kid, bytes: randomBytes(32) })

describe('the vault', () => {
  const [old, current, foreign] = [newKey('old'), newKey('current'), newKey('foreign')]
  const vault = createVault([current, old])
  let sealed: string

  beforeAll(async () => {
    sealed = (await vault.seal(KEY, BINDING)).sealed
  })

  it('opens what it sealed, for whom it was sealed', async () => {
    expect(await vault.open(sealed, BINDING)).toBe(KEY)
    expect(sealed).not.toContain(CANARY)
  })

  it('seals in a standard format that names the key and what is bound', () => {
    expect(sealed.split('.')).toHaveLength(5)
    expect(decodeProtectedHeader(sealed)).toEqual({ alg: 'dir', enc: 'A256GCM', kid: 'current', ...BINDING })
  })

  it('never seals the same twice', async () => {
    const all = await Promise.all(Array.from({ length: 500 }, () => vault.seal(KEY, BINDING)))
    expect(new Set(all.map((one) => one.sealed.split('.')[2])).size).toBe(500)
  })

  it.each([
    ['user', { ...BINDING, owner: 'bob' }],
    ['provider', { ...BINDING, provider: 'mistral' }],
    ['label', { ...BINDING, label: '' }],
    ['base', { ...BINDING, target: 'https://openai.example.com' }],
    ['purpose', { purpose: 'totp', owner: 'ada' } as const],
  ])('does not open it for another %s', async (_what, binding) => {
    expect(await vault.open(sealed, binding)).toBeUndefined()
  })

  it('does not open a second factor as a key', async () => {
    const totp = await vault.seal(KEY, { purpose: 'totp', owner: 'ada' })
    expect(await vault.open(totp.sealed, BINDING)).toBeUndefined()
    expect(await vault.open(totp.sealed, { purpose: 'totp', owner: 'ada' })).toBe(KEY)
  })

  it('does not open it with any one character changed, left out or put in', async () => {
    const changed = [...sealed].flatMap((character, index) => [
      ...[...ALPHABET, '.', '=', ' ']
        .filter((other) => other !== character)
        .map((other) => `${sealed.slice(0, index)}${other}${sealed.slice(index + 1)}`),
      `${sealed.slice(0, index)}${sealed.slice(index + 1)}`,
      `${sealed.slice(0, index)}A${sealed.slice(index)}`,
    ])
    const opened = await Promise.all(changed.map((text) => vault.open(text, BINDING)))
    expect(opened.filter((text) => text !== undefined)).toEqual([])
    expect(await Promise.all(changed.map((text) => vault.reseal(text)))).toEqual(changed.map(() => undefined))
  })

  it('does not open it with a shorter or longer tag', async () => {
    const parts = sealed.split('.')
    const tag = Buffer.from(parts[4] ?? '', 'base64url')
    for (const length of [0, 4, 8, 12, 13, 14, 15, 17, 32]) {
      const other = Buffer.concat([tag, Buffer.alloc(16)])
        .subarray(0, length)
        .toString('base64url')
      expect(await vault.open([...parts.slice(0, 4), other].join('.'), BINDING)).toBeUndefined()
    }
  })

  it.each(['', '.', '....', 'unreadable', 'ey'.repeat(200), '{}', '.'.repeat(9)])(
    'does not open %j',
    async (text) => {
      expect(await vault.open(text, BINDING)).toBeUndefined()
    },
  )

  describe('does not open what was sealed with the right key', () => {
    async function sealWith(header: Partial<CompactJWEHeaderParameters>, key = current): Promise<string> {
      return new CompactEncrypt(new TextEncoder().encode(KEY))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: key.kid, ...BINDING, ...header })
        .encrypt(key.bytes.subarray(0, header.enc === 'A128GCM' ? 16 : 32))
    }

    it('as the same thing does, written by hand', async () => {
      expect(await vault.open(await sealWith({}), BINDING)).toBe(KEY)
    })

    it.each([
      ['another enc', { enc: 'A128GCM' }],
      ['a MAC instead of GCM', { enc: 'A128CBC-HS256' }],
      ['another alg', { alg: 'A256GCMKW' }],
      ['a wrapped key', { alg: 'A256KW' }],
      ['another kid', { kid: 'old' }],
      ['a kid nobody has', { kid: 'nobody' }],
      ['no kid', { kid: undefined as never }],
      ['one field more', { more: 'x' }],
      ['a field of another kind', { label: ['work'] as never }],
    ])('by way of %s', async (_what, header) => {
      expect(await vault.open(await sealWith(header), BINDING)).toBeUndefined()
    })

    it('with a field missing', async () => {
      expect(await vault.open(await sealWith({ target: undefined as never }), BINDING)).toBeUndefined()
    })
  })

  it("does not open with another vault's header on it", async () => {
    const parts = sealed.split('.')
    const header = { ...decodeProtectedHeader(sealed), owner: 'bob' }
    parts[0] = base64url.encode(JSON.stringify(header))
    expect(await vault.open(parts.join('.'), { ...BINDING, owner: 'bob' })).toBeUndefined()
  })

  it('opens with an older key, and seals anew with the one that seals now', async () => {
    const before = await createVault([old]).seal(KEY, BINDING)
    expect(before.kid).toBe('old')
    expect(await vault.open(before.sealed, BINDING)).toBe(KEY)
    const after = await vault.reseal(before.sealed)
    expect(after?.kid).toBe('current')
    expect(await createVault([current]).open(after?.sealed ?? '', BINDING)).toBe(KEY)
    expect(await createVault([current]).open(before.sealed, BINDING)).toBeUndefined()
  })

  it('does not open with a key of another installation', async () => {
    const theirs = await createVault([foreign]).seal(KEY, BINDING)
    expect(await vault.open(theirs.sealed, BINDING)).toBeUndefined()
    // nor with another one of the same name
    const namesake = createVault([{ ...foreign, kid: 'current' }])
    expect(await namesake.open(sealed, BINDING)).toBeUndefined()
  })

  it('looks again for a key that it does not know, and takes what it finds', async () => {
    let looks = 0
    const reader = createVault([old], () => {
      looks++
      return [current, old]
    })
    expect(await reader.open((await createVault([old]).seal(KEY, BINDING)).sealed, BINDING)).toBe(KEY)
    expect(looks).toBe(0)
    expect(await reader.open(sealed, BINDING)).toBe(KEY)
    expect(looks).toBe(1)
    expect(reader.kid).toBe('current')
  })

  it('stays shut where the keys cannot be read again', async () => {
    const reader: Vault = createVault([old], () => {
      throw new Error('damaged')
    })
    expect(await reader.open(sealed, BINDING)).toBeUndefined()
  })
})
