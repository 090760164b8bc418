import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createClientAddress, placeOf } from './client-address.ts'

const PROXY = '10.0.0.1'

function addressOf(
  peer: string | undefined,
  headers: Record<string, string>,
  { trusted = ['10.0.0.0/8'], publicUrl }: { trusted?: string[]; publicUrl?: string } = {},
) {
  const read = createClientAddress({ trustedProxies: trusted, publicUrl })
  const { ip, origin, isSecure } = read({
    socket: { remoteAddress: peer },
    headers,
  } as unknown as IncomingMessage)
  return { ip, origin, isSecure }
}

describe('where a call comes from', () => {
  it.each([
    ['the peer, without proxies', '192.0.2.1', {}, [], '192.0.2.1'],
    ['the peer, whatever it says', '192.0.2.1', { 'x-forwarded-for': '1.1.1.1' }, [], '192.0.2.1'],
    ['the peer that is not trusted', '192.0.2.1', { 'x-forwarded-for': '1.1.1.1' }, undefined, '192.0.2.1'],
    ['whom a trusted proxy names', PROXY, { 'x-forwarded-for': '1.1.1.1' }, undefined, '1.1.1.1'],
    [
      'not whom the caller names before the proxy does',
      PROXY,
      { 'x-forwarded-for': '6.6.6.6, 1.1.1.1' },
      undefined,
      '1.1.1.1',
    ],
    [
      'whom the first of several trusted ones names',
      PROXY,
      { 'x-forwarded-for': '6.6.6.6, 1.1.1.1, 10.0.0.2' },
      undefined,
      '1.1.1.1',
    ],
    ['an IPv6 address', PROXY, { 'x-forwarded-for': '2001:db8::1' }, undefined, '2001:db8::1'],
    [
      'a proxy that listens on IPv6 too',
      `::ffff:${PROXY}`,
      { 'x-forwarded-for': '1.1.1.1' },
      undefined,
      '1.1.1.1',
    ],
    ['the proxy where it names nobody', PROXY, {}, undefined, PROXY],
    ['the proxy where it names no address', PROXY, { 'x-forwarded-for': 'unknown' }, undefined, PROXY],
    [
      'the last address before what is none, as it would go to the log',
      PROXY,
      { 'x-forwarded-for': 'sk-a-key, 10.0.0.9' },
      undefined,
      '10.0.0.9',
    ],
    ['nowhere once the connection is gone', undefined, { 'x-forwarded-for': '1.1.1.1' }, undefined, ''],
  ])('is %s', (_what, peer, headers, trusted, ip) => {
    expect(addressOf(peer, headers as Record<string, string>, trusted ? { trusted } : {}).ip).toBe(ip)
  })
})

describe('what a browser takes for our origin', () => {
  const said = { host: 'inner:3000', 'x-forwarded-host': 'outer.example', 'x-forwarded-proto': 'https' }
  it.each([
    ['by the Host header', '192.0.2.1', { host: 'inner:3000' }, {}, 'http://inner:3000'],
    ['not by a stranger', '192.0.2.1', said, {}, 'http://inner:3000'],
    ['by a trusted proxy', PROXY, said, {}, 'https://outer.example'],
    [
      'by the first of several values',
      PROXY,
      { ...said, 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'outer.example, inner' },
      {},
      'https://outer.example',
    ],
    [
      'by nothing but https',
      PROXY,
      { ...said, 'x-forwarded-proto': 'javascript' },
      {},
      'http://outer.example',
    ],
    ['by the settings above all', PROXY, said, { publicUrl: 'https://set.example' }, 'https://set.example'],
  ])('is known %s', (_how, peer, headers, settings, origin) => {
    const address = addressOf(peer, headers, settings)
    expect(address).toMatchObject({ origin, isSecure: origin.startsWith('https:') })
  })
})

describe('a place, for limits', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2:3::1', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is %s', (ip, place) => {
    expect(placeOf(ip)).toBe(place)
  })
})
