import { resolve } from 'node:path'
import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { isForThisMachineOnly, readSettings, SETTINGS, type Settings, showSettings } from './settings.ts'
import { StartError } from './start-error.ts'

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readSettings(environment)
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(StartError)
    return (error as StartError).message.split('\n')
  }
}

interface Case {
  variable: string
  /** What it reads as, from which text. */
  good: [text: string, value: unknown][]
  bad: string[]
}

const CASES: Record<keyof typeof SETTINGS, Case> = {
  port: {
    variable: 'PORT',
    good: [
      ['0', 0],
      ['3000', 3000],
      ['65535', 65535],
    ],
    bad: ['-1', '65536', '3000.5', '3e3', '0x10', ' 3000', 'http', '٣٠٠٠', '1'.repeat(40)],
  },
  host: {
    variable: 'HOST',
    good: [
      ['0.0.0.0', '0.0.0.0'],
      ['::', '::'],
      ['rollcall-1.lan', 'rollcall-1.lan'],
    ],
    bad: ['http://localhost', 'two hosts', 'host/path', '[::1]', 'a\nb'],
  },
  publicUrl: {
    variable: 'ROLLCALL_PUBLIC_URL',
    good: [
      ['https://rollcall.example.com', 'https://rollcall.example.com'],
      ['https://Rollcall.example.com/', 'https://rollcall.example.com'],
      ['http://10.0.0.5:8080', 'http://10.0.0.5:8080'],
    ],
    bad: [
      'rollcall.example.com',
      'https://rollcall.example.com/path',
      'https://rollcall.example.com/?a=b',
      'https://rollcall.example.com/#a',
      'https://user:hidden-word@rollcall.example.com',
      'ftp://rollcall.example.com',
      'javascript:alert(1)',
      'https://',
    ],
  },
  trustedProxies: {
    variable: 'ROLLCALL_TRUSTED_PROXIES',
    good: [
      ['loopback', ['loopback']],
      [' 10.0.0.1 , fd00::/8,uniquelocal,', ['10.0.0.1', 'fd00::/8', 'uniquelocal']],
      ['0.0.0.0/0', ['0.0.0.0/0']],
    ],
    bad: [
      'proxy.example.com',
      '10.0.0.0/33',
      '::/129',
      '10.0.0.0/',
      '10.0.0.0/8/8',
      '10.0.0',
      '10.0.0.1;10.0.0.2',
      '*',
      'true',
    ],
  },
  registration: {
    variable: 'ROLLCALL_REGISTRATION',
    good: [
      ['open', 'open'],
      ['invite', 'invite'],
      ['closed', 'closed'],
    ],
    bad: ['Open', 'yes', 'true', 'none'],
  },
  dataDir: {
    variable: 'ROLLCALL_DATA_DIR',
    good: [
      ['/var/lib/rollcall', '/var/lib/rollcall'],
      ['./somewhere', resolve('somewhere')],
    ],
    bad: [],
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    good: [
      ['postgres://user:word@db.example.com/rollcall', 'postgres://user:word@db.example.com/rollcall'],
      ['postgresql://db/rollcall?sslmode=require', 'postgresql://db/rollcall?sslmode=require'],
    ],
    bad: [
      'mysql://user:hidden-word@db/rollcall',
      'user:hidden-word@db',
      'postgres://db:port/x',
      './data/rollcall.db',
      'postgres',
    ],
  },
  // what they may be is checked where they are read: secrets.test.ts
  masterKey: { variable: 'ROLLCALL_MASTER_KEY', good: [['anything', 'anything']], bad: [] },
  previousMasterKeys: { variable: 'ROLLCALL_MASTER_KEY_PREVIOUS', good: [['a,b', 'a,b']], bad: [] },
  tokenSecret: { variable: 'ROLLCALL_TOKEN_SECRET', good: [['anything', 'anything']], bad: [] },
  cacheTtlSeconds: {
    variable: 'ROLLCALL_CACHE_TTL_SECONDS',
    good: [
      ['1', 1],
      ['86400', 86_400],
    ],
    bad: ['0', '86401', '1h', '-5', '1.5', 'NaN', 'Infinity'],
  },
  keepRunsDays: {
    variable: 'ROLLCALL_KEEP_RUNS_DAYS',
    good: [
      ['', undefined],
      ['30', 30],
    ],
    bad: ['0', '36501', '30d', '1.5'],
  },
  answersAtOnce: {
    variable: 'ROLLCALL_ANSWERS_AT_ONCE',
    good: [
      ['1', 1],
      ['1000', 1_000],
    ],
    bad: ['0', '1001', 'all', '-1'],
  },
  providerTimeoutMs: {
    variable: 'ROLLCALL_PROVIDER_TIMEOUT_MS',
    good: [
      ['1', 1],
      ['600000', 600_000],
    ],
    bad: ['0', '600001', '10s', '-1', '1e4'],
  },
  catalogueUrl: {
    variable: 'ROLLCALL_CATALOGUE_URL',
    good: [
      ['https://mirror.example.com/models.json?v=1', 'https://mirror.example.com/models.json?v=1'],
      ['http://127.0.0.1:8080/api.json', 'http://127.0.0.1:8080/api.json'],
      [' ', undefined],
    ],
    bad: [
      'mirror.example.com',
      'http://mirror.example.com/api.json',
      'https://user:hidden-word@mirror.example.com/api.json',
      'file:///etc/passwd',
    ],
  },
  logLevel: {
    variable: 'ROLLCALL_LOG_LEVEL',
    good: ['trace', 'debug', 'info', 'warn', 'error', 'silent'].map((level) => [level, level]),
    bad: ['verbose', 'INFO', 'fatal', '30'],
  },
  httpsProxy: {
    variable: 'HTTPS_PROXY',
    good: [['http://proxy:3128', 'http://proxy:3128']],
    bad: ['socks5://user:hidden-word@proxy:1080'],
  },
  noProxy: { variable: 'NO_PROXY', good: [['intern.example', 'intern.example']], bad: [] },
}

const entries = Object.entries(CASES) as [keyof typeof SETTINGS, Case][]

describe('settings', () => {
  it('all have their variable', () => {
    expect(entries.map(([name, { variable }]) => [name, variable])).toEqual(
      Object.entries(SETTINGS).map(([name, { variable }]) => [name, variable]),
    )
  })

  it('have defaults that are good', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      publicUrl: undefined,
      trustedProxies: [],
      registration: undefined,
      dataDir: resolve('data'),
      databaseUrl: undefined,
      cacheTtlSeconds: 3600,
      keepRunsDays: undefined,
      answersAtOnce: 8,
      providerTimeoutMs: 10_000,
      logLevel: 'info',
      bases: new Map(),
    })
  })

  describe.each(entries)('%s', (name, { variable, good, bad }) => {
    it.each(good)('may be %j', (text, value) => {
      expect(readSettings({ [variable]: text })[name]).toEqual(value)
    })

    it.skipIf(name === 'catalogueUrl')('is unset where it is empty', () => {
      expect(readSettings({ [variable]: '' })[name]).toEqual(readSettings({})[name])
    })

    it.each(bad)('may not be %j', (text) => {
      const problems = problemsOf({ [variable]: text })
      expect(problems).toHaveLength(1)
      expect(problems[0]).toMatch(new RegExp(`^${variable} (is|must|uses|contains) .*\\.$`))
      expect(problems[0]).not.toContain('hidden-word')
    })

    it('says the same of whatever it may not be, and so quotes nothing', () => {
      // not a number, and out of range
      expect(new Set(bad.map((text) => problemsOf({ [variable]: text })[0])).size).toBeLessThanOrEqual(2)
    })
  })

  it('turns the catalogue off where its address is empty', () => {
    expect(readSettings({}).catalogueUrl).toBe('https://models.dev/api.json')
    expect(readSettings({ ROLLCALL_CATALOGUE_URL: '' }).catalogueUrl).toBeUndefined()
    const shown = showSettings({ ROLLCALL_CATALOGUE_URL: '' })
    expect(shown.find(({ variable }) => variable === 'ROLLCALL_CATALOGUE_URL')).toMatchObject({
      value: null,
      source: 'environment',
      problem: null,
    })
  })

  describe.each(PROVIDERS.map(({ key }) => [key, baseUrlVariable(key)]))(
    'the base of %s',
    (key, variable) => {
      it.each([
        ['https://host.example/v1/', 'https://host.example/v1'],
        ['http://localhost:8080', 'http://localhost:8080'],
        ['http://[::1]:8080/v1', 'http://[::1]:8080/v1'],
      ])('may be %s', (text, base) => {
        expect(readSettings({ [variable]: text }).bases).toEqual(new Map([[key, base]]))
      })

      it.each([
        'host.example',
        'http://host.example/v1',
        'https://user:hidden-word@host.example/v1',
        'https://host.example/v1?key=hidden-word',
        'ftp://host.example',
      ])('may not be %s', (text) => {
        const problems = problemsOf({ [variable]: text })
        expect(problems).toHaveLength(1)
        expect(problems[0]).toMatch(new RegExp(`^${variable} `))
        expect(problems[0]).not.toMatch(/host\.example\/v1\?|hidden-word/)
      })
    },
  )

  it('do not know bases of providers that there are not', () => {
    expect(readSettings({ ROLLCALL_ACME_BASE_URL: 'http://anywhere' }).bases.size).toBe(0)
  })

  it('name all that is wrong at once, one line each', () => {
    const wrong = {
      ...Object.fromEntries(entries.flatMap(([, { variable, bad }]) => (bad[0] ? [[variable, bad[0]]] : []))),
      ...Object.fromEntries(PROVIDERS.map(({ key }) => [baseUrlVariable(key), 'http://host.example'])),
    }
    expect(
      problemsOf(wrong)
        .map((line) => line.split(' ')[0])
        .sort(),
    ).toEqual(Object.keys(wrong).sort())
  })

  it('read the proxy in both spellings', () => {
    const { proxies } = readSettings({ https_proxy: 'http://a:1', HTTPS_PROXY: 'http://b:1', no_proxy: 'c' })
    expect(proxies).toMatchObject({ httpsProxy: 'http://a:1', noProxy: expect.stringMatching(/^c,/) })
  })
})

describe('settings as they are shown', () => {
  const shown = (environment: Record<string, string>) =>
    new Map(showSettings(environment).map((row) => [row.variable, row]))

  it('are every one, with its default', () => {
    const rows = shown({})
    expect([...rows.keys()]).toEqual([
      ...entries.map(([, { variable }]) => variable),
      ...PROVIDERS.map(({ key }) => baseUrlVariable(key)),
    ])
    expect(rows.get('PORT')).toMatchObject({ value: '3000', source: 'default', problem: null })
    expect(rows.get('DATABASE_URL')).toMatchObject({ value: null, source: 'default' })
  })

  it('hide every secret, and a password in an address', () => {
    const environment = {
      DATABASE_URL: 'postgres://user:hidden-word@db/rollcall',
      ROLLCALL_MASTER_KEY: 'hidden-word',
      ROLLCALL_MASTER_KEY_PREVIOUS: 'hidden-word',
      ROLLCALL_TOKEN_SECRET: 'hidden-word',
      HTTPS_PROXY: 'http://user:hidden-word@proxy:3128',
      ROLLCALL_PUBLIC_URL: 'https://user:hidden-word@host',
      ROLLCALL_OPENAI_BASE_URL: 'https://user:hidden-word@host',
    }
    const rows = shown(environment)
    expect(JSON.stringify([...rows.values()])).not.toContain('hidden-word')
    for (const variable of Object.keys(environment)) {
      expect(rows.get(variable)).toMatchObject({ value: expect.any(String), source: 'environment' })
    }
    expect(rows.get('DATABASE_URL')?.value).toBe('(set, not shown)')
  })

  it('are those that are in force', () => {
    const rows = shown({ port: '1', PORT: '4000', host: '0.0.0.0', https_proxy: 'http://a:1' })
    expect(rows.get('PORT')).toMatchObject({ value: '4000', source: 'environment' })
    expect(rows.get('HOST')).toMatchObject({ value: '127.0.0.1', source: 'default' })
    expect(rows.get('HTTPS_PROXY')).toMatchObject({ value: '(set, not shown)', source: 'environment' })
  })

  it('say what is wrong with them', () => {
    expect(shown({ PORT: 'x' }).get('PORT')).toMatchObject({
      value: 'x',
      problem: 'PORT is not a whole number.',
    })
  })
})

describe('whether it is for this machine only', () => {
  const isAlone = (environment: Record<string, string>): boolean =>
    isForThisMachineOnly(readSettings(environment) satisfies Settings)

  it.each([
    [{}],
    [{ HOST: 'localhost' }],
    [{ HOST: '::1' }],
    [{ HOST: '127.0.0.53' }],
    [{ ROLLCALL_PUBLIC_URL: 'http://localhost:8080' }],
    [{ ROLLCALL_PUBLIC_URL: 'http://[::1]:8080' }],
  ])('it is with %j', (environment) => {
    expect(isAlone(environment)).toBe(true)
  })

  it.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: '::' }],
    [{ HOST: '192.168.0.7' }],
    [{ HOST: '127.example.com' }],
    [{ HOST: 'localhost.example.com' }],
    [{ ROLLCALL_PUBLIC_URL: 'https://rollcall.example.com' }],
    [{ ROLLCALL_PUBLIC_URL: 'https://127.0.0.1.example.com' }],
    [{ HOST: '0.0.0.0', ROLLCALL_PUBLIC_URL: 'http://localhost' }],
  ])('it is not with %j', (environment) => {
    expect(isAlone(environment)).toBe(false)
  })
})
