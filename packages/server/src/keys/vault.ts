import { CompactEncrypt, type CryptoKey, compactDecrypt } from 'jose'
import type { MasterKeys } from '../secrets.ts'

/**
 * Whose secret it is and what for: bound to the ciphertext as authenticated data, and compared after opening, because
 * a row that was copied elsewhere still opens by itself.
 */
type Binding =
  | { purpose: 'api_key'; owner: string; provider: string; label: string; target: string }
  | { purpose: 'totp'; owner: string }

export interface Vault {
  /** A JWE in compact form. */
  seal(text: string, binding: Binding): Promise<{ sealed: string; kid: string }>
  /** Undefined: another master key, another owner or purpose, or not whole. It does not say which. */
  open(sealed: string, binding: Binding): Promise<string | undefined>
  /** The same secret with the same binding under the key that seals now. Undefined: it cannot be opened. */
  reseal(sealed: string): Promise<{ sealed: string; kid: string } | undefined>
  /** Names the key that seals. */
  readonly kid: string
  has(kid: string): boolean
  /** From now on the first of these seals; whatever opened before still does. */
  use(keys: MasterKeys): void
}

const ALGORITHMS = { alg: 'dir', enc: 'A256GCM' } as const

/** `readAgain`: for a kid that is not known, since another process on the same secrets may have changed the key. */
export function createVault(masterKeys: MasterKeys, readAgain?: () => MasterKeys): Vault {
  /** In the form that ciphers want, made once. */
  const keys = new Map<string, Promise<CryptoKey>>()
  let [current] = masterKeys
  use(masterKeys)

  function use(given: MasterKeys): void {
    for (const { kid, bytes } of given) {
      keys.set(
        kid,
        crypto.subtle.importKey('raw', new Uint8Array(bytes), 'AES-GCM', false, ['encrypt', 'decrypt']),
      )
    }
    current = given[0]
  }

  function keyOf(kid: string): Promise<CryptoKey> {
    if (!keys.has(kid) && readAgain) use(readAgain())
    const key = keys.get(kid)
    if (!key) throw new Error('unknown kid')
    return key
  }

  async function decrypt(sealed: string) {
    try {
      if (!isCanonical(sealed)) return undefined
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, ({ kid }) => keyOf(kid ?? ''), {
        keyManagementAlgorithms: [ALGORITHMS.alg],
        contentEncryptionAlgorithms: [ALGORITHMS.enc],
      })
      const { alg: _alg, enc: _enc, kid: _kid, ...bound } = protectedHeader
      return { plaintext, bound }
    } catch {
      return undefined // whatever was wrong with it, it cannot be used; why is nobody's business
    }
  }

  async function encrypt(plaintext: Uint8Array, bound: object) {
    const { kid } = current
    const sealed = await new CompactEncrypt(plaintext)
      .setProtectedHeader({ ...ALGORITHMS, kid, ...bound })
      .encrypt(await keyOf(kid))
    return { sealed, kid }
  }

  return {
    seal: (text, binding) => encrypt(new TextEncoder().encode(text), binding),
    async open(sealed, binding) {
      const opened = await decrypt(sealed)
      if (!opened) return undefined
      const expected = Object.entries(binding)
      const isSame =
        Object.keys(opened.bound).length === expected.length &&
        expected.every(([name, value]) => opened.bound[name] === value)
      return isSame ? new TextDecoder().decode(opened.plaintext) : undefined
    },
    async reseal(sealed) {
      const opened = await decrypt(sealed)
      return opened && encrypt(opened.plaintext, opened.bound)
    },
    get kid() {
      return current.kid
    },
    has: (kid) => keys.has(kid),
    use,
  }
}

/** Of a part's last character not all bits count: another one may stand for the same bytes, but is not what we wrote. */
function isCanonical(sealed: string): boolean {
  return sealed.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
}
