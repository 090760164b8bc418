import { createHmac, hkdfSync } from 'node:crypto'
import { PROVIDERS, type Provider } from '@rollcall/core'

/** Goes up when lists are read otherwise than before, so that none that was read the old way is shown. */
const READING = 1

export interface AskedProvider {
  provider: Provider
  /** Absent: its own address. */
  base: string | undefined
  /** What a stored key is bound to: a replaced base by its origin, the provider's own by its name alone. */
  target: string
  /** Whatever decides what is asked, and how. */
  configuration: string
}

/** The providers as this server asks them, in the order of every answer. */
export function askedProviders(bases: ReadonlyMap<string, string>): ReadonlyMap<string, AskedProvider> {
  return new Map(
    PROVIDERS.map((provider) => {
      const base = bases.get(provider.key)
      const { auth, headers, lists, keyCheck, entriesAt } = provider
      const configuration = JSON.stringify({
        READING,
        base: base ?? null,
        auth,
        headers,
        lists,
        keyCheck,
        entriesAt,
      })
      const target = base === undefined ? `built-in:${provider.key}` : new URL(base).origin
      return [provider.key, { provider, base, target, configuration }]
    }),
  )
}

/** Keyed hashes: without the server's secret, what is stored says nothing of a key, not even that two are equal. */
export function createFingerprints(tokenSecret: Buffer) {
  const secretFor = (use: string) => Buffer.from(hkdfSync('sha256', tokenSecret, '', `rollcall ${use}`, 32))
  const ofCredential = secretFor('credential fingerprint')
  const ofList = secretFor('list fingerprint')
  return {
    credential: (keyText: string): Uint8Array =>
      createHmac('sha256', ofCredential).update(keyText).digest().subarray(0, 16),
    /** Whose list, had with which credential, by which configuration. */
    list: (userId: string, credential: Uint8Array, { configuration, provider }: AskedProvider): Uint8Array =>
      createHmac('sha256', ofList)
        .update(
          JSON.stringify([userId, Buffer.from(credential).toString('hex'), provider.key, configuration]),
        )
        .digest()
        .subarray(0, 16),
  }
}

export type Fingerprints = ReturnType<typeof createFingerprints>
