import { createHash, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Settings } from './settings.ts'
import { SETTINGS } from './settings.ts'
import { StartError } from './start-error.ts'
import { syncFolder } from './sync-to-disk.ts'
import { isWeakSecret } from './weak-secret.ts'

export const SECRETS_FILE = 'secrets.json'
const BYTES = 32
const MASTER_KEY = SETTINGS.masterKey.variable
const PREVIOUS = SETTINGS.previousMasterKeys.variable
const TOKEN_SECRET = SETTINGS.tokenSecret.variable

export interface MasterKey {
  /** Names it without telling anything of it. */
  kid: string
  bytes: Buffer
}
/** The first one seals; all of them open. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]]

export interface Secrets {
  masterKeys: MasterKeys
  tokenSecret: Buffer
  /** Where the master keys are kept; undefined where they come from the environment. */
  masterKeyFile: string | undefined
  /** Set where this start has made them. */
  createdFile: string | undefined
}

type SecretSettings = Pick<Settings, 'dataDir' | 'masterKey' | 'previousMasterKeys' | 'tokenSecret'>

const SecretsFile = z.strictObject({
  master_keys: z.array(z.string()).min(1),
  token_secret: z.string(),
})
type SecretsFile = z.infer<typeof SecretsFile>

/**
 * The secrets from the environment, else from a file that only its owner can read, else newly made: that only where
 * the database holds nothing yet. Throws a StartError that names the variable or file, and never a value.
 */
export function readSecrets(settings: SecretSettings, isNewDatabase: boolean): Secrets {
  const given = readEnvironment(settings)
  if (given) return { ...given, masterKeyFile: undefined, createdFile: undefined }
  const path = join(settings.dataDir, SECRETS_FILE)
  const file = readSecretsFile(path)
  if (file) return { ...parseFile(file, path), masterKeyFile: path, createdFile: undefined }
  if (!isNewDatabase) {
    throw new StartError(
      `${path} is missing, but the database already holds what was sealed with it: put the file back, or set ${MASTER_KEY} and ${TOKEN_SECRET}.`,
    )
  }
  const made = { master_keys: [newSecret()], token_secret: newSecret() }
  writeSecretsFile(path, made)
  return { ...parseFile(made, path), masterKeyFile: path, createdFile: path }
}

/** Every master key in the file as it is now. */
export function readMasterKeys(path: string): MasterKeys {
  return parseFile(requireSecretsFile(path), path).masterKeys
}

/** Puts a new master key before the others: it is on disk before it is used. */
export function addMasterKey(path: string): void {
  const file = requireSecretsFile(path)
  writeSecretsFile(path, { ...file, master_keys: [newSecret(), ...file.master_keys] })
}

/** Forgets every master key but the first, once nothing is sealed with them any more. */
export function forgetOldMasterKeys(path: string): void {
  const file = requireSecretsFile(path)
  if (file.master_keys.length > 1) {
    writeSecretsFile(path, { ...file, master_keys: file.master_keys.slice(0, 1) })
  }
}

function readEnvironment({ masterKey, previousMasterKeys, tokenSecret }: SecretSettings) {
  const isSet = { [MASTER_KEY]: masterKey !== '', [TOKEN_SECRET]: tokenSecret !== '' }
  if (!isSet[MASTER_KEY] && previousMasterKeys !== '') {
    throw new StartError(`${PREVIOUS} is set, but ${MASTER_KEY} is not: set that one too.`)
  }
  if (!isSet[MASTER_KEY] && !isSet[TOKEN_SECRET]) return undefined
  for (const [name, isGiven] of Object.entries(isSet)) {
    if (isGiven) continue
    throw new StartError(
      `${name} is not set, but ${name === MASTER_KEY ? TOKEN_SECRET : MASTER_KEY} is: set both, or neither.`,
    )
  }
  const previous = previousMasterKeys.split(',').flatMap((text) => text.trim() || [])
  return toSecrets(
    [{ name: MASTER_KEY, text: masterKey }, ...previous.map((text) => ({ name: PREVIOUS, text }))],
    { name: TOKEN_SECRET, text: tokenSecret },
  )
}

function parseFile(file: SecretsFile, path: string) {
  return toSecrets(
    file.master_keys.map((text) => ({ name: `master_keys in ${path}`, text })),
    { name: `token_secret in ${path}`, text: file.token_secret },
  )
}

interface Written {
  /** Where it stands. */
  name: string
  text: string
}

function toSecrets(
  masterKeys: readonly Written[],
  token: Written,
): Pick<Secrets, 'masterKeys' | 'tokenSecret'> {
  const known = new Map<string, string>()
  const [tokenSecret = Buffer.of(), ...keys] = [token, ...masterKeys].map(({ name, text }) => {
    const bytes = readSecret(text, name)
    const other = known.get(bytes.toString('hex'))
    if (other !== undefined) {
      throw new StartError(`${name} holds what ${other} holds already: each secret must be one of its own.`)
    }
    known.set(bytes.toString('hex'), name)
    return bytes
  })
  const [current, ...older] = keys.map((bytes) => ({ kid: kidOf(bytes), bytes }))
  if (!current) throw new Error('no master key')
  return { masterKeys: [current, ...older], tokenSecret }
}

function kidOf(bytes: Buffer): string {
  return createHash('sha256').update('rollcall master key id').update(bytes).digest('hex').slice(0, 12)
}

function newSecret(): string {
  for (;;) {
    const bytes = randomBytes(BYTES)
    const text = bytes.toString('base64url')
    // one of a million would not be taken by the next start
    if (!isWeakSecret(bytes, text)) return text
  }
}

function readSecret(text: string, name: string): Buffer {
  const isHex = /^[0-9a-f]{64}$/i.test(text)
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
  const advice = 'make one with: openssl rand -base64 32'
  if (!isHex && !isBase64) throw new StartError(`${name} is not 32 bytes in base64 or hex: ${advice}`)
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64')
  if (isWeakSecret(bytes, text)) throw new StartError(`${name} is not random, an example perhaps: ${advice}`)
  return bytes
}

function requireSecretsFile(path: string): SecretsFile {
  const file = readSecretsFile(path)
  if (!file) throw new StartError(`${path} has vanished: put it back.`)
  return file
}

function readSecretsFile(path: string): SecretsFile | undefined {
  let text: string
  try {
    const { mode } = statSync(path)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new StartError(`Others can read ${path}: make it yours alone with: chmod 600 ${path}`)
    }
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof StartError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new StartError(`${path} cannot be read (${code}): see that it is a file of this user.`)
  }
  try {
    return SecretsFile.parse(JSON.parse(text))
  } catch {
    // what it threw may quote the file
    throw new StartError(
      `${path} is damaged: restore it from a backup; without it stored keys cannot be opened.`,
    )
  }
}

/** The old content or the new one, whatever happens in between. */
function writeSecretsFile(path: string, content: SecretsFile): void {
  const folder = dirname(path)
  const temporary = `${path}.new`
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // of an attempt that was interrupted
    rmSync(temporary, { force: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      writeSync(file, `${JSON.stringify(content, null, 2)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
    syncFolder(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new StartError(
      `${path} cannot be written (${code}): see that this user may, and that its disk has room.`,
    )
  }
}
