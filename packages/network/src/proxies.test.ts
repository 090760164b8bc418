import { describe, expect, it } from 'vitest'
import { parseProxies } from './proxies.ts'

describe('the proxy variables', () => {
  it('are read in both spellings, the lower-case one first', () => {
    expect(parseProxies({ HTTPS_PROXY: 'http://b:1', https_proxy: 'http://a:1' })).toMatchObject({
      proxies: { httpsProxy: 'http://a:1' },
    })
    expect(parseProxies({ HTTPS_PROXY: 'http://b:1' })).toMatchObject({
      proxies: { httpsProxy: 'http://b:1' },
    })
  })

  it('may do without a scheme, as with curl', () => {
    expect(parseProxies({ HTTPS_PROXY: 'proxy.intern:3128' })).toMatchObject({
      proxies: { httpsProxy: 'http://proxy.intern:3128' },
    })
  })

  it('never lead to this machine', () => {
    expect(parseProxies({ NO_PROXY: 'intern.example' })).toMatchObject({
      proxies: { noProxy: 'intern.example,localhost,127.0.0.1,::1' },
    })
  })

  it.each(['ftp://user:hidden@proxy:1', 'socks5://user:hidden@proxy:1080', 'http://user:hidden@'])(
    'refuse %j by name, without quoting what may hold a password',
    (value) => {
      const parsed = parseProxies({ HTTPS_PROXY: value })
      expect(parsed).toHaveProperty('problem', expect.stringContaining('HTTPS_PROXY'))
      expect(JSON.stringify(parsed)).not.toContain('hidden')
    },
  )
})
