import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addMasterKey, forgetOldMasterKeys, readMasterKeys, readSecrets, type Secrets } from './secrets.ts'
import { readSettings } from './settings.ts'
import { StartError } from './start-error.ts'

const good = () => randomBytes(32).toString('base64')
const GOOD = good()
const sha256 = (text: string, form: 'hex' | 'base64') => createHash('sha256').update(text).digest(form)
const ofBytes = (value: (index: number) => number) =>
  Buffer.from(Array.from({ length: 32 }, (_, index) => value(index)))

/** So many, drawn from these: without any pattern. */
const drawnFrom = <T>(choice: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, index) => {
    const [first = 0] = createHash('sha256').update(`draw ${index}`).digest()
    return choice[first % choice.length] as T
  })

/** What is no secret, as people write it. Each is tried in every place where a secret may stand. */
const BAD: [what: string, text: string][] = [
  ['short', randomBytes(16).toString('base64')],
  ['short in hex', randomBytes(16).toString('hex')],
  ['a byte short', randomBytes(31).toString('base64')],
  ['a byte long', randomBytes(33).toString('base64')],
  ['long', randomBytes(64).toString('base64')],
  ['long in hex', randomBytes(64).toString('hex')],
  ['cut off', good().slice(0, 40)],
  ['in quotes', `"${good()}"`],
  ['with a blank in it', `${good().slice(0, 20)} ${good().slice(20)}`],
  ['with a line break in it', `${good()}\n`],
  ['hex with a letter that is none', `${randomBytes(31).toString('hex')}xy`],
  ['a password', 'correct horse battery staple'],
  ['zeros', Buffer.alloc(32).toString('base64')],
  ['zeros in hex', '0'.repeat(64)],
  ['ones', Buffer.alloc(32, 0xff).toString('base64url')],
  ['one letter', 'A'.repeat(43)],
  ['few different bytes', Buffer.alloc(32, 'abcdefg\xf0', 'latin1').toString('base64')],
  [
    'few bytes in any order',
    Buffer.from(drawnFrom([0x1a, 0xb7, 0x3c, 0xd9, 0x52, 0xe0], 32)).toString('hex'),
  ],
  ['few characters in any order', drawnFrom(['a', 'K', 'q', 'X', '5', 'z'], 43).join('')],
  ['the rest of the alphabet', 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ987'],
  [
    'half of it twice',
    Buffer.concat(Array(2).fill(ofBytes((index) => index * 37 + 5).subarray(0, 16))).toString('base64'),
  ],
  ['half of it twice in hex', '00112233445566778899aabbccddeeff'.repeat(2)],
  ['a word in hex again and again', 'deadbeefcafebabe'.repeat(4)],
  ['counting', ofBytes((index) => index).toString('base64')],
  ['counting in hex', ofBytes((index) => index).toString('hex')],
  ['counting down', ofBytes((index) => 255 - index).toString('base64')],
  ['counting in sevens', ofBytes((index) => index * 7).toString('base64url')],
  ['digits', '0123456789'.repeat(7).slice(0, 64)],
  ['digits of pi', '3141592653589793238462643383279502884197169399375105820974944592'],
  ['a sentence in Base64', Buffer.from('To be or not to be: that is it!!').toString('base64')],
  ['a sentence in hex', Buffer.from('To be or not to be: that is it!!').toString('hex')],
  [
    'a password in Base64',
    Buffer.from('hunter2hunter2hunter2hunter2 1234').subarray(0, 32).toString('base64'),
  ],
  ['hex digits in Base64', Buffer.from(randomBytes(16).toString('hex')).toString('base64')],
  ['words that happen to be Base64', 'thisIsMyVerySecretMasterKeyForTheModelList'.padEnd(43, 'X')],
  ['words in one case', 'theremustbenobodywhowillevermanagetobreakin'],
  ['words in capitals', 'THEREMUSTBENOBODYWHOWILLEVERMANAGETOBREAKIN'],
  ['an invitation to change it', 'ChangeMe-Zk3vXq81LmPwTz05RbYhNcUeGdSaJiOf9A'],
  ['an example by name', 'Example_k3vXq81LmPwTz05RbYhNcUeGdSaJiOf9AxQ'],
  ['the keyboard', 'QwertyuiopASDFGHJKLzxcvbnm1234567890QWERTYu'],
  ['the alphabet', '0123456789abcdefghijklmnopqrstuvwxyzABCDEFG'],
  ['the alphabet backwards in pairs', 'AaAaBbBbAaAaBbBbAaAaBbBbAaAaBbBbAaAaBbBbAaA'],
  ['the SHA-256 of nothing', sha256('', 'hex')],
  ['the SHA-256 of a word', sha256('password', 'hex')],
  ['the SHA-256 of a word in Base64', sha256('changeme', 'base64')],
  ['the SHA-256 of an echoed word', sha256('secret\n', 'hex')],
  ["the standard's own example", '603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4'],
]

describe('secrets', () => {
  let dataDir: string
  let file: string

  beforeEach(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'rollcall-secrets-')), 'data')
    file = join(dataDir, 'secrets.json')
  })
  afterEach(() => rmSync(join(dataDir, '..'), { recursive: true }))

  const read = (environment: Record<string, string> = {}, isNew = false): Secrets =>
    readSecrets(readSettings({ ROLLCALL_DATA_DIR: dataDir, ...environment }), isNew)
  function refusal(environment: Record<string, string> = {}, isNew = false): string {
    try {
      read(environment, isNew)
    } catch (error) {
      expect(error).toBeInstanceOf(StartError)
      return (error as StartError).message
    }
    throw new Error('it was not refused')
  }
  function write(content: object | string): void {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 })
  }
  /** Neither as a whole nor in part. */
  function expectUnquoted(message: string, text: string): void {
    for (let start = 0; start + 12 <= text.length; start += 6) {
      expect(message).not.toContain(text.slice(start, start + 12))
    }
  }

  describe.each(BAD)('that are %s', (_what, text) => {
    it.each([
      ['ROLLCALL_MASTER_KEY', { ROLLCALL_MASTER_KEY: text, ROLLCALL_TOKEN_SECRET: GOOD }],
      ['ROLLCALL_TOKEN_SECRET', { ROLLCALL_MASTER_KEY: GOOD, ROLLCALL_TOKEN_SECRET: text }],
      [
        'ROLLCALL_MASTER_KEY_PREVIOUS',
        {
          ROLLCALL_MASTER_KEY: GOOD,
          ROLLCALL_MASTER_KEY_PREVIOUS: `${good()},${text}`,
          ROLLCALL_TOKEN_SECRET: good(),
        },
      ],
    ])('are refused in %s', (variable, environment) => {
      // what stands at the ends of a list is trimmed, and there a line break does no harm
      if (variable === 'ROLLCALL_MASTER_KEY_PREVIOUS' && text.endsWith('\n')) return
      const message = refusal(environment)
      expect(message).toMatch(new RegExp(`^${variable} is not .*openssl rand -base64 32$`))
      expectUnquoted(message, text)
      expectUnquoted(message, GOOD)
    })

    it('are refused in the file', () => {
      write({ master_keys: [good(), text], token_secret: GOOD })
      const message = refusal()
      expect(message).toMatch(/^master_keys in .*secrets\.json is not /)
      expectUnquoted(message, text)
      write({ master_keys: [GOOD], token_secret: text })
      expect(refusal()).toMatch(/^token_secret in .*secrets\.json is not /)
    })
  })

  it.each([
    ['Base64', GOOD],
    ['Base64 without padding', GOOD.replace('=', '')],
    ['Base64 for addresses', Buffer.from(GOOD, 'base64').toString('base64url')],
    ['hex', Buffer.from(GOOD, 'base64').toString('hex')],
    ['hex in capitals', Buffer.from(GOOD, 'base64').toString('hex').toUpperCase()],
  ])('are the same bytes in %s', (_form, text) => {
    const { masterKeys, masterKeyFile } = read({ ROLLCALL_MASTER_KEY: text, ROLLCALL_TOKEN_SECRET: good() })
    expect(masterKeys[0].bytes.equals(Buffer.from(GOOD, 'base64'))).toBe(true)
    expect(masterKeyFile).toBeUndefined()
  })

  it('that look drawn by lot are taken, each of ten thousand', () => {
    const drawn = Array.from({ length: 10_000 }, (_, index) => sha256(`draw ${index}`, 'base64'))
    const { masterKeys } = read({
      ROLLCALL_MASTER_KEY: GOOD,
      ROLLCALL_MASTER_KEY_PREVIOUS: drawn.join(','),
      ROLLCALL_TOKEN_SECRET: good(),
    })
    expect(masterKeys).toHaveLength(10_001)
  })

  it.each([
    [
      'as token secret and master key',
      { ROLLCALL_MASTER_KEY: GOOD, ROLLCALL_TOKEN_SECRET: GOOD },
      'ROLLCALL_MASTER_KEY holds what ROLLCALL_TOKEN_SECRET holds already',
    ],
    [
      'in another form',
      {
        ROLLCALL_MASTER_KEY: Buffer.from(GOOD, 'base64').toString('hex'),
        ROLLCALL_TOKEN_SECRET: GOOD,
      },
      'ROLLCALL_MASTER_KEY holds what ROLLCALL_TOKEN_SECRET holds already',
    ],
    [
      'as the previous master key',
      { ROLLCALL_MASTER_KEY: GOOD, ROLLCALL_MASTER_KEY_PREVIOUS: GOOD, ROLLCALL_TOKEN_SECRET: good() },
      'ROLLCALL_MASTER_KEY_PREVIOUS holds what ROLLCALL_MASTER_KEY holds already',
    ],
    [
      'twice among the previous ones',
      {
        ROLLCALL_MASTER_KEY: good(),
        ROLLCALL_MASTER_KEY_PREVIOUS: `${GOOD}, ${GOOD}`,
        ROLLCALL_TOKEN_SECRET: good(),
      },
      'ROLLCALL_MASTER_KEY_PREVIOUS holds what ROLLCALL_MASTER_KEY_PREVIOUS holds already',
    ],
    [
      'without the other',
      { ROLLCALL_MASTER_KEY: GOOD },
      'ROLLCALL_TOKEN_SECRET is not set, but ROLLCALL_MASTER_KEY is',
    ],
    [
      'without the other',
      { ROLLCALL_TOKEN_SECRET: GOOD },
      'ROLLCALL_MASTER_KEY is not set, but ROLLCALL_TOKEN_SECRET is',
    ],
    [
      'as a previous one alone',
      { ROLLCALL_MASTER_KEY_PREVIOUS: GOOD, ROLLCALL_TOKEN_SECRET: good() },
      'ROLLCALL_MASTER_KEY_PREVIOUS is set, but ROLLCALL_MASTER_KEY is not',
    ],
  ])('are refused where one stands %s', (_where, environment, sentence) => {
    const message = refusal(environment, true)
    expect(message).toContain(sentence)
    expectUnquoted(message, GOOD)
  })

  it('are refused where the file holds one twice', () => {
    write({ master_keys: [GOOD], token_secret: GOOD })
    expect(refusal()).toMatch(/^master_keys in .* holds what token_secret in .* holds already/)
  })

  it.each([
    ['nothing', ''],
    ['half of it', '{"master_keys":["'],
    ['no object', '[]'],
    ['no master key', { master_keys: [], token_secret: GOOD }],
    ['no token secret', { master_keys: [GOOD] }],
    ['something else besides', { master_keys: [GOOD], token_secret: good(), more: 1 }],
    ['a number for a secret', { master_keys: [1], token_secret: GOOD }],
    ['a secret and no JSON', GOOD],
  ])('are refused where the file holds %s', (_what, content) => {
    write(content)
    const message = refusal({}, true)
    expect(message).toMatch(/secrets\.json is damaged: restore it from a backup/)
    expectUnquoted(message, GOOD)
  })

  it.each([0o644, 0o640, 0o604, 0o660, 0o610])('are refused where others may use the file (%o)', (mode) => {
    write({ master_keys: [GOOD], token_secret: good() })
    chmodSync(file, mode)
    expect(refusal()).toMatch(/^Others can read .*secrets\.json: .*chmod 600/)
  })

  it('are refused where the file is a folder', () => {
    mkdirSync(file, { recursive: true, mode: 0o700 })
    expect(refusal()).toMatch(/secrets\.json cannot be read \(EISDIR\)/)
  })

  it('are refused where they have vanished, and not made anew', () => {
    expect(refusal()).toMatch(/secrets\.json is missing.*put the file back.*ROLLCALL_MASTER_KEY/)
    expect(() => statSync(file)).toThrow('ENOENT')
  })

  it('are refused where the folder is none', () => {
    writeFileSync(dataDir, 'a file in the place of the folder')
    expect(refusal({}, true)).toMatch(/secrets\.json cannot be read \(ENOTDIR\)/)
  })

  it('are refused where their file cannot be written', () => {
    mkdirSync(join(`${file}.new`, 'in the way'), { recursive: true })
    expect(refusal({}, true)).toMatch(/secrets\.json cannot be written \(\w+\): /)
  })

  it('are made for a new database, for their owner alone, and found again', () => {
    const made = read({}, true)
    expect(made.createdFile).toBe(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(dataDir).mode & 0o777).toBe(0o700)
    const found = read()
    expect(found).toEqual({ ...made, createdFile: undefined })
    expect(found.masterKeyFile).toBe(file)
  })

  it('are made through no link that somebody has laid', () => {
    mkdirSync(dataDir)
    const elsewhere = join(dataDir, 'elsewhere')
    writeFileSync(elsewhere, 'untouched')
    symlinkSync(elsewhere, `${file}.new`)
    read({}, true)
    expect(readFileSync(elsewhere, 'utf8')).toBe('untouched')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('in the environment leave no file behind', () => {
    const { createdFile } = read({ ROLLCALL_MASTER_KEY: good(), ROLLCALL_TOKEN_SECRET: good() }, true)
    expect(createdFile).toBeUndefined()
    expect(() => statSync(file)).toThrow('ENOENT')
  })

  it('get a new master key before the others, which are forgotten only when asked', () => {
    const [first] = read({}, true).masterKeys
    addMasterKey(file)
    const [second, ...older] = readMasterKeys(file)
    expect(older).toEqual([first])
    expect(second.kid).not.toBe(first.kid)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    forgetOldMasterKeys(file)
    expect(readMasterKeys(file)).toEqual([second])
  })

  it('are not replaced by new ones where the file has vanished meanwhile', () => {
    read({}, true)
    rmSync(file)
    expect(() => addMasterKey(file)).toThrow(/secrets\.json has vanished: put it back/)
  })
})
