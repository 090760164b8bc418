import { CompactEncrypt, compactDecrypt } from 'jose'
import type { MasterKey } from '../secrets.ts'

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
  /** From now on this one seals; the others still open. */
  use(key: MasterKey): void
}

const ALGORITHMS = { alg: 'dir', enc: 'A256GCM' } as const

export function createVault(masterKeys: readonly [MasterKey, ...MasterKey[]]): Vault {
  let [current] = masterKeys
  const keys = new Map(masterKeys.map((key) => [key.kid, key.bytes]))
  async function decrypt(sealed: string) {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(
        sealed,
        ({ kid }) => {
          const key = keys.get(kid ?? '')
          if (!key) throw new Error('unknown kid')
          return key
        },
        { keyManagementAlgorithms: [ALGORITHMS.alg], contentEncryptionAlgorithms: [ALGORITHMS.enc] },
      )
      const { alg: _alg, enc: _enc, kid: _kid, ...bound } = protectedHeader
      return { plaintext, bound }
    } catch {
      return undefined // whatever was wrong with it, it cannot be used; why is nobody's business
    }
  }

  async function encrypt(plaintext: Uint8Array, bound: object) {
    const { kid, bytes } = current
    const sealed = await new CompactEncrypt(plaintext)
      .setProtectedHeader({ ...ALGORITHMS, kid, ...bound })
      .encrypt(bytes)
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
    use(key) {
      keys.set(key.kid, key.bytes)
      current = key
    },
  }
}
