import { describe, expect, it } from 'vitest'
import { baseUrlVariable, parseBaseUrl } from './base-url.ts'

it('names the variable of a provider', () => {
  expect(baseUrlVariable('openrouter')).toBe('ROLLCALL_OPENROUTER_BASE_URL')
})

describe('what is taken', () => {
  it.each([
    ['https://host.example/v1', 'https://host.example/v1'],
    ['https://host.example/v1/', 'https://host.example/v1'],
    ['https://host.example/v1///', 'https://host.example/v1'],
    ['https://host.example', 'https://host.example'],
    ['HTTPS://Host.Example/V1', 'https://host.example/V1'],
    ['https://host.example:8443/v1', 'https://host.example:8443/v1'],
    ['http://localhost:3000/v1', 'http://localhost:3000/v1'],
    ['http://models.localhost/v1', 'http://models.localhost/v1'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://127.8.9.10/v1', 'http://127.8.9.10/v1'],
    ['http://[::1]:4010/v1', 'http://[::1]:4010/v1'],
    ['http://2130706433/v1', 'http://127.0.0.1/v1'],
  ])('%s', (text, base) => {
    expect(parseBaseUrl(text)).toEqual({ base })
  })
})

describe('what is refused', () => {
  it.each([
    ['', 'is not a URL'],
    ['host.example/v1', 'is not a URL'],
    ['https://', 'is not a URL'],
    ['https://user:word@host.example/v1', 'user name or password'],
    ['https://user@host.example/v1', 'user name or password'],
    ['https://host.example/v1?key=1', 'query or fragment'],
    ['https://host.example/v1#top', 'query or fragment'],
    ['http://host.example/v1', 'uses http:'],
    ['http://192.168.0.5/v1', 'uses http:'],
    ['http://0.0.0.0/v1', 'uses http:'],
    ['http://127.0.0.1.evil.example/v1', 'uses http:'],
    ['http://127.evil.example/v1', 'uses http:'],
    ['http://localhost.evil.example/v1', 'uses http:'],
    ['http://notlocalhost/v1', 'uses http:'],
    ['http://[::ffff:127.0.0.1]/v1', 'uses http:'],
    ['ftp://host.example/v1', 'must begin with https:'],
    ['file:///etc/passwd', 'must begin with https:'],
    ['javascript:alert(1)', 'must begin with https:'],
  ])('%s %s', (text, problem) => {
    expect(parseBaseUrl(text)).toEqual({ problem: expect.stringContaining(problem) })
  })
})
