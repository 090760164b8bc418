import { baseUrlVariable, PROVIDERS } from '@rollcall/core'
import { describe, expect, it } from 'vitest'
import { runRollcall } from './testing/run-rollcall.ts'

const config = async (environment: Record<string, string>, ...parameters: string[]) => {
  const run = await runRollcall(['config', ...parameters], { environment })
  return { ...run, settings: parameters.includes('--json') ? JSON.parse(run.stdout) : [] }
}

describe('rollcall config', () => {
  it('prints every setting, where its value comes from and what it is', async () => {
    const { stdout, stderr, exitCode } = await config({ PORT: '8080', ROLLCALL_LOG_LEVEL: '' })
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
    expect(stdout).toMatch(
      /^ {2}VARIABLE +VALUE +FROM +WHAT IT IS\n {2}PORT +8080 +environment +where it listens/,
    )
    expect(stdout).toMatch(/\n {2}ROLLCALL_LOG_LEVEL +info +default +trace/)
    for (const variable of ['HOST', 'DATABASE_URL', ...PROVIDERS.map(({ key }) => baseUrlVariable(key))]) {
      expect(stdout).toContain(` ${variable} `)
    }
  })

  it('shows no secret, in neither form, set right or wrong', async () => {
    const environment = {
      DATABASE_URL: 'postgres://ada:hunter2@host/db',
      ROLLCALL_MASTER_KEY: 'hunter2',
      ROLLCALL_MASTER_KEY_PREVIOUS: 'hunter2',
      ROLLCALL_TOKEN_SECRET: 'hunter2',
      https_proxy: 'http://ada:hunter2@proxy:3128',
      ROLLCALL_PUBLIC_URL: 'https://ada:hunter2@host.example',
      ROLLCALL_GROQ_BASE_URL: 'https://ada:hun/ter2@host.example',
    }
    for (const parameters of [[], ['--json']]) {
      const { stdout, stderr } = await config(environment, ...parameters)
      expect(stdout + stderr).not.toMatch(/hunter2|ter2/)
      expect(stdout).toContain('(set, not shown)')
    }
    const { settings } = await config(environment, '--json')
    expect(settings).toContainEqual(
      expect.objectContaining({ variable: 'HTTPS_PROXY', value: '(set, not shown)', source: 'environment' }),
    )
  })

  it('says all that is wrong at once, and ends with 2 as the server does', async () => {
    const environment = {
      PORT: 'http',
      ROLLCALL_REGISTRATION: 'everybody',
      DATABASE_URL: 'mysql://host/db',
      ROLLCALL_GROQ_BASE_URL: 'http://host.example',
      HTTPS_PROXY: 'ftp://proxy',
    }
    const { stdout, stderr, exitCode } = await config(environment)
    expect(exitCode).toBe(2)
    expect(stderr.trimEnd().split('\n')).toEqual([
      'PORT is not a whole number.',
      'ROLLCALL_REGISTRATION is not open, invite or closed.',
      'DATABASE_URL is not a postgres:// address.',
      expect.stringMatching(/^HTTPS_PROXY is not an http: or https: URL/),
      expect.stringMatching(/^ROLLCALL_GROQ_BASE_URL uses http: for a host that is not this machine/),
    ])
    expect(stdout).toMatch(/\n✗ PORT +http +environment/)
    const { settings, exitCode: again } = await config(environment, '--json')
    expect(again).toBe(2)
    expect(settings[0]).toEqual({
      variable: 'PORT',
      value: 'http',
      source: 'environment',
      doc: 'where it listens; 0 takes a free port',
      problem: 'PORT is not a whole number.',
    })
  })

  it('takes only the proxy from a variable in small letters, as the server does', async () => {
    const { settings } = await config({ port: '1', no_proxy: 'host.example' }, '--json')
    const fromEnvironment = settings.filter(({ source }: { source: string }) => source === 'environment')
    expect(fromEnvironment).toMatchObject([
      // the tests turn it off
      { variable: 'ROLLCALL_CATALOGUE_URL', value: null },
      { variable: 'NO_PROXY', value: 'host.example' },
    ])
  })
})
