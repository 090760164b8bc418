import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Settings } from './settings.ts'
import { SETTINGS } from './settings.ts'
import { StartError } from './start-error.ts'

const SECRETS_FILE = 'secrets.json'
const BYTES = 32
/** 32 random bytes hold fewer different ones in less than one of 10²⁰ cases. */
const LEAST_DIFFERENT_BYTES = 16

export interface MasterKey {
  /** Names it without telling anything of it. */
  kid: string
  bytes: Buffer
}

export interface Secrets {
  /** The first one seals; all of them open. */
  masterKeys: readonly [MasterKey, ...MasterKey[]]
  tokenSecret: Buffer
  /** Where the master keys are kept; undefined where they come from the environment. */
  masterKeyFile: string | undefined
  /** Set where this start has made them. */
  createdFile: string | undefined
}

const SecretsFile = z.strictObject({
  master_keys: z.array(z.string()).min(1),
  token_secret: z.string(),
})
type SecretsFile = z.infer<typeof SecretsFile>

/**
 * The secrets from the environment, else from a file that only its owner can read, else newly made: that only where
 * the database holds nothing yet. Throws a StartError that names the variable or file, and never a value.
 */
export function readSecrets(
  settings: Pick<Settings, 'dataDir' | 'masterKey' | 'previousMasterKeys' | 'tokenSecret'>,
  isNewDatabase: boolean,
): Secrets {
  const path = join(settings.dataDir, SECRETS_FILE)
  const { masterKey, previousMasterKeys, tokenSecret } = SETTINGS
  const isInEnvironment = settings.masterKey !== '' && settings.tokenSecret !== ''
  let file = isInEnvironment ? undefined : readSecretsFile(path)
  let createdFile: string | undefined
  if (!isInEnvironment && !file) {
    if (!isNewDatabase) {
      const missing = [settings.masterKey === '' && masterKey, settings.tokenSecret === '' && tokenSecret]
      const names = missing.flatMap((one) => (one ? [one.variable] : [])).join(' and ')
      throw new StartError(
        `${names} is not set and ${path} is missing, but the database already holds what was sealed with it: put the file back, or set the variable.`,
      )
    }
    file = { master_keys: [newSecret()], token_secret: newSecret() }
    writeSecretsFile(path, file)
    createdFile = path
  }
  const previous = previousMasterKeys.variable
  const keys =
    settings.masterKey === ''
      ? (file?.master_keys ?? []).map((text) => readSecret(text, `master_keys in ${path}`))
      : [
          readSecret(settings.masterKey, masterKey.variable),
          ...settings.previousMasterKeys
            .split(',')
            .filter((text) => text.trim() !== '')
            .map((text) => readSecret(text.trim(), previous)),
        ]
  const token =
    settings.tokenSecret === ''
      ? readSecret(file?.token_secret ?? '', `token_secret in ${path}`)
      : readSecret(settings.tokenSecret, tokenSecret.variable)
  if (keys.some((key) => key.equals(token))) {
    throw new StartError(
      `${tokenSecret.variable} is the same as ${masterKey.variable}: each needs a secret of its own.`,
    )
  }
  const [current, ...older] = keys.map((bytes) => ({ kid: kidOf(bytes), bytes }))
  if (!current) throw new StartError(`${masterKey.variable} is not set.`)
  return {
    masterKeys: [current, ...older],
    tokenSecret: token,
    masterKeyFile: settings.masterKey === '' ? path : undefined,
    createdFile,
  }
}

/** Puts a new master key before the others, on disk before it is used. */
export function addMasterKey(path: string): MasterKey {
  const file = readSecretsFile(path)
  if (!file) throw new Error('the secrets file has vanished')
  const key = newSecret()
  writeSecretsFile(path, { ...file, master_keys: [key, ...file.master_keys] })
  const bytes = Buffer.from(key, 'base64url')
  return { kid: kidOf(bytes), bytes }
}

/** Forgets every master key but the first, once nothing is sealed with them any more. */
export function forgetOldMasterKeys(path: string): void {
  const file = readSecretsFile(path)
  if (file && file.master_keys.length > 1) {
    writeSecretsFile(path, { ...file, master_keys: file.master_keys.slice(0, 1) })
  }
}

function kidOf(bytes: Buffer): string {
  return createHash('sha256').update('rollcall master key id').update(bytes).digest('hex').slice(0, 12)
}

function newSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** A secret from its text. The name says where it stands. */
function readSecret(value: string, name: string): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(value)
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(value)
  const advice = `make one with: openssl rand -base64 32`
  if (!isHex && !isBase64) {
    throw new StartError(`${name} is not 32 bytes in base64 or hex: ${advice}`)
  }
  const bytes = Buffer.from(value, isHex ? 'hex' : 'base64')
  if (bytes.length !== BYTES) throw new StartError(`${name} is not 32 bytes in base64 or hex: ${advice}`)
  const words = bytes.toString('latin1')
  const isReadable = /^[\x20-\x7e]+$/.test(words)
  if (new Set(bytes).size < LEAST_DIFFERENT_BYTES || isReadable || isSequence(bytes)) {
    throw new StartError(`${name} is not random, an example perhaps: ${advice}`)
  }
  return bytes
}

/** 00 01 02 …, or any other even step: looks various, is none. */
function isSequence(bytes: Buffer): boolean {
  const step = ((bytes[1] ?? 0) - (bytes[0] ?? 0)) & 0xff
  return bytes.every((byte, index) => index === 0 || ((byte - (bytes[index - 1] ?? 0)) & 0xff) === step)
}

function readSecretsFile(path: string): SecretsFile | undefined {
  if (!existsSync(path)) return undefined
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new StartError(`Others can read ${path}: make it yours alone with: chmod 600 ${path}`)
  }
  try {
    return SecretsFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // what it threw may quote the file
    throw new StartError(
      `${path} is damaged: restore it from a backup; without it stored keys cannot be opened.`,
    )
  }
}

function writeSecretsFile(path: string, content: SecretsFile): void {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', 0o600)
  try {
    chmodSync(temporary, 0o600)
    writeSync(file, `${JSON.stringify(content, null, 2)}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  syncFolder(folder)
}

/** So that the new name is there after a power cut too. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return // has no such thing
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
