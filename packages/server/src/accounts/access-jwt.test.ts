import { createHmac, generateKeyPairSync, hkdfSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../testing/test-server.ts'

const secret = randomBytes(32)
const rightKey = Buffer.from(hkdfSync('sha256', secret, '', 'rollcall access token', 32))
const wrongKey = randomBytes(32)
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

type Json = Record<string, unknown>
const encode = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const hmac =
  (key: Buffer, hash = 'sha256') =>
  (input: string) =>
    createHmac(hash, key).update(input).digest('base64url')
type Sign = (input: string) => string

let server: TestServer
let claims: Json
let genuine: string
const header = { alg: 'HS256', typ: 'at+jwt' }

beforeAll(async () => {
  server = await startTestServer({
    environment: {
      ROLLCALL_TOKEN_SECRET: secret.toString('base64'),
      ROLLCALL_MASTER_KEY: randomBytes(32).toString('base64'),
    },
  })
  genuine = (await server.register()).token
  claims = JSON.parse(Buffer.from(genuine.split('.')[1] ?? '', 'base64url').toString())
})
afterAll(() => server.remove())

/** A token of any making: what is not named is right. */
function forge(change: { header?: Json; claims?: Json; sign?: Sign; key?: Buffer } = {}): string {
  const input = `${encode({ ...header, ...change.header })}.${encode({ ...claims, ...change.claims })}`
  return `${input}.${(change.sign ?? hmac(change.key ?? rightKey))(input)}`
}

function forgeText(headerText: string, claimsText: string, signWith: Sign = hmac(rightKey)): string {
  const input = `${encode(headerText)}.${encode(claimsText)}`
  return `${input}.${signWith(input)}`
}

/** Each as a list, so that a name says how many there are. */
function corpus(): Record<string, string[]> {
  const parts = genuine.split('.') as [string, string, string]
  const [head, body, signature] = parts
  const seconds = Math.floor(Date.now() / 1000)
  const none: Sign = () => ''
  const flipped = (text: string, index: number) =>
    `${text.slice(0, index)}${text[index] === 'A' ? 'B' : 'A'}${text.slice(index + 1)}`
  const publicKeys = [rsa, ec, ed].map(({ publicKey }) => publicKey)
  const jwks = publicKeys.map((key) => key.export({ format: 'jwk' }))
  const pems = publicKeys.map((key) => key.export({ format: 'pem', type: 'spki' }) as string)
  const otherAlgorithms: [string, Sign][] = [
    ['HS384', hmac(rightKey, 'sha384')],
    ['HS512', hmac(rightKey, 'sha512')],
    ['RS256', (input) => sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')],
    ['PS256', (input) => sign('sha256', Buffer.from(input), rsa.privateKey).toString('base64url')],
    [
      'ES256',
      (input) =>
        sign('sha256', Buffer.from(input), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
          'base64url',
        ),
    ],
    ['EdDSA', (input) => sign(null, Buffer.from(input), ed.privateKey).toString('base64url')],
    ['Ed25519', (input) => sign(null, Buffer.from(input), ed.privateKey).toString('base64url')],
    ['dir', none],
    ['A256KW', none],
    ['', hmac(rightKey)],
    ['hs256', hmac(rightKey)],
    ['HS256 ', hmac(rightKey)],
    ['HS1', hmac(rightKey, 'sha1')],
  ]
  const nones = ['none', 'None', 'NONE', 'nOnE', 'none ', '']
  const strangers: Json[] = [
    { kid: '../../../../dev/null' },
    { kid: "1' or '1'='1" },
    { kid: '/proc/sys/kernel/randomize_va_space' },
    { kid: 'a'.repeat(500) },
    { jku: `${server.address}/openapi.json` },
    { x5u: `${server.address}/openapi.json` },
    ...jwks.map((jwk) => ({ jwk })),
    { jwk: { kty: 'oct', k: wrongKey.toString('base64url') } },
    { x5c: ['MIIB'] },
    { cty: 'JWT' },
    { zip: 'DEF' },
  ]
  const claimsWithout = (name: string) => {
    const { [name]: _left, ...rest } = claims
    return rest
  }
  return {
    'no algorithm': [
      ...nones.map((alg) => forge({ header: { alg }, sign: none })),
      ...nones.map((alg) => forge({ header: { alg } })),
      `${encode({ typ: 'at+jwt' })}.${body}.${signature}`,
      `${encode({ alg: 'none' })}.${body}.`,
    ],
    'another algorithm': otherAlgorithms.map(([alg, signWith]) => forge({ header: { alg }, sign: signWith })),
    'an algorithm that is no text': [null, 1, true, ['HS256'], { alg: 'HS256' }].map((alg) =>
      forge({ header: { alg } }),
    ),
    'a public key taken for a secret': [
      ...pems.map((pem) => forge({ key: Buffer.from(pem) })),
      ...jwks.map((jwk) => forge({ key: Buffer.from(JSON.stringify(jwk)) })),
    ],
    'another key': [
      forge({ key: wrongKey }),
      forge({ key: secret }),
      forge({ key: Buffer.alloc(32) }),
      forge({ key: Buffer.alloc(0) }),
      forge({ key: Buffer.from('rollcall') }),
      forge({ key: Buffer.concat([rightKey, Buffer.from([1])]) }),
      forge({ key: rightKey.subarray(0, 31) }),
    ],
    'a key that the token brings along': strangers.map((stranger) =>
      forge({ header: stranger, key: wrongKey }),
    ),
    'a header nobody knows to be critical': [
      forge({ header: { crit: ['exp'], exp: 1 } }),
      forge({ header: { crit: ['x'], x: 1 } }),
      forge({ header: { crit: [] } }),
      forge({ header: { b64: false, crit: ['b64'] } }),
      forge({ header: { crit: 'b64' } }),
    ],
    'another type': ['JWT', 'jwt', 'at+jwt2', 'id_token', '', 'dpop+jwt', null, 1].map((typ) =>
      forge({ header: { typ } }),
    ),
    'no type': [forgeText(JSON.stringify({ alg: 'HS256' }), JSON.stringify(claims))],
    'another issuer': ['', 'rollcall2', 'Rollcall', 'https://rollcall', null, 1, ['rollcall']].map((iss) =>
      forge({ claims: { iss } }),
    ),
    'another audience': ['', 'rollcall2', 'ROLLCALL', null, 1, [], ['other'], {}].map((aud) =>
      forge({ claims: { aud } }),
    ),
    'a claim left out': ['sub', 'sid', 'iss', 'aud', 'exp', 'iat'].map((name) =>
      forgeText(JSON.stringify(header), JSON.stringify(claimsWithout(name))),
    ),
    'a claim of another kind': [
      ...['sub', 'sid', 'exp', 'iat']
        .flatMap((name) => [null, true, [], {}, 'text'].map((value) => forge({ claims: { [name]: value } })))
        .filter((token) => token !== genuine),
      forge({ claims: { sub: 1 } }),
      forge({ claims: { sid: 1 } }),
    ],
    'another time': [
      forge({ claims: { exp: seconds } }),
      forge({ claims: { exp: seconds - 1 } }),
      forge({ claims: { exp: 0 } }),
      forge({ claims: { exp: -1 } }),
      forge({ claims: { nbf: seconds + 600 } }),
      forge({ claims: { nbf: 'soon' } }),
      forge({ claims: { exp: `${seconds + 600}` } }),
      forgeText(JSON.stringify(header), JSON.stringify(claims).replace(/"exp":\d+/, '"exp":1e999')),
      forgeText(JSON.stringify(header), JSON.stringify(claims).replace(/"exp":\d+/, '"exp":NaN')),
    ],
    'another user or session': [
      forge({ claims: { sub: randomUUID() } }),
      forge({ claims: { sid: randomUUID() } }),
      forge({ claims: { sub: `${claims.sub}\0` } }),
      forge({ claims: { sub: `${claims.sub}`.toUpperCase() } }),
      forge({ claims: { sid: '%' } }),
      forge({ claims: { sid: "' or 1=1 --" } }),
      forge({ claims: { sub: '' } }),
    ],
    'changed after signing': [
      `${head}.${encode({ ...claims, role: 'admin' })}.${signature}`,
      `${encode({ ...header, kid: '1' })}.${body}.${signature}`,
      // not the last one, which holds bits that count for nothing
      ...Array.from({ length: 42 }, (_, index) => `${head}.${body}.${flipped(signature, index)}`),
      ...Array.from({ length: 20 }, (_, index) => `${head}.${flipped(body, 4 * index)}.${signature}`),
      ...Array.from({ length: 10 }, (_, index) => `${flipped(head, 3 * index)}.${body}.${signature}`),
      `${head}.${body}.${signature.slice(0, -1)}`,
      `${head}.${body}.${signature.slice(0, 20)}`,
      `${head}.${body}.`,
      `${head}.${body}.${Buffer.alloc(32).toString('base64url')}`,
      `${head}.${body}.${signature}A`,
    ],
    'not of three parts': [
      head,
      `${head}.${body}`,
      `${genuine}.`,
      `${genuine}..`,
      `.${genuine}`,
      `${head}..${signature}`,
      `.${body}.${signature}`,
      `${genuine}.${signature}`,
      `${genuine}.${signature}.${signature}`,
      '.',
      '..',
      '...',
      'a.b.c',
    ],
    'not JSON within': [
      forgeText('not json', JSON.stringify(claims)),
      forgeText(JSON.stringify(header), 'not json'),
      forgeText(JSON.stringify(header), '[]'),
      forgeText(JSON.stringify(header), '"text"'),
      forgeText(JSON.stringify(header), 'null'),
      forgeText(JSON.stringify(header), '{}'),
      forgeText('[]', JSON.stringify(claims)),
      forgeText('null', JSON.stringify(claims)),
      forgeText(JSON.stringify(header), `${JSON.stringify(claims)}}`),
      forgeText(JSON.stringify(header), '['.repeat(1000)),
    ],
    'not in base64url': [
      `${head}.${body}.${signature.slice(0, 10)}=${signature.slice(11)}`,
      `${head}+.${body}.${signature}`,
      `${head}.${body}/.${signature}`,
      `${Buffer.from(JSON.stringify(header)).toString('hex')}.${body}.${signature}`,
      encodeURIComponent(`${head}.${body} .${signature}`),
    ],
    'too long': [
      forge({ claims: { more: 'a'.repeat(6000) } }),
      `${genuine}${'A'.repeat(8192)}`,
      'A'.repeat(8192),
      `${'A.'.repeat(2000)}`,
      forge({ header: { kid: 'k'.repeat(8000) } }),
    ],
    'nothing like a token': ['x', 'undefined', 'null', 'true', '0', '-', '=', '==', 'Bearer', randomUUID()],
    'like a personal access token': [
      'rc_',
      'rc_x',
      `rc_${'0'.repeat(38)}`,
      `rc_${'A'.repeat(32)}000000`,
      `rc_${genuine}`,
      `RC_${'0'.repeat(38)}`,
      `rc_${'0'.repeat(4000)}`,
    ],
  }
}

describe('an access token', () => {
  const me = (authorization: string) => server.call('GET', '/api/auth/me', { headers: { authorization } })

  it('is taken when all of it is right, so that what is forged is wrong in one thing only', async () => {
    expect((await me(`Bearer ${genuine}`)).status).toBe(200)
    expect((await me(`Bearer ${forge()}`)).status).toBe(200)
    expect((await me(`bearer   ${forge()}`)).status).toBe(200)
  })

  it('is not taken with any of 250 forgeries there are', async () => {
    const forged = Object.entries(corpus()).flatMap(([kind, tokens]) =>
      tokens.map((token) => ({ kind, token })),
    )
    expect(forged.length).toBeGreaterThanOrEqual(250)
    expect(new Set(forged.map(({ token }) => token)).size).toBeGreaterThanOrEqual(250)
    for (const { kind, token } of forged) {
      const { status, json, headers } = await me(`Bearer ${token}`)
      expect([kind, token.slice(0, 80), status]).toEqual([kind, token.slice(0, 80), 401])
      expect(json.error.code).toMatch(/^(unauthenticated|token_expired|token_revoked)$/)
      if (token.length > 12) expect(json.error.message).not.toContain(token.slice(0, 12))
      expect(headers.get('www-authenticate')).toBe('Bearer realm="Rollcall"')
    }
  })

  it.each([
    ['another scheme', () => `Basic ${Buffer.from('a:b').toString('base64')}`],
    ['no scheme', () => genuine],
    ['two tokens', () => `Bearer ${genuine} ${genuine}`],
    ['two tokens with a comma', () => `Bearer ${genuine}, Bearer ${genuine}`],
    ['signs that are none of a token', () => `Bearer ${genuine}\u00e9`],
    ['quotes', () => `Bearer "${genuine}"`],
    ['nothing', () => 'Bearer'],
    ['another name', () => `Bearers ${genuine}`],
  ])('is not taken with %s in the header', async (_what, authorization) => {
    expect(await me(authorization())).toMatchObject({
      status: 401,
      json: { error: { code: 'unauthenticated' } },
    })
  })

  it('is not taken from anywhere but the header', async () => {
    expect((await server.call('GET', `/api/auth/me?access_token=${genuine}`)).status).toBe(401)
    const headers = { cookie: `access_token=${genuine}; rollcall_refresh=${genuine}` }
    expect((await server.call('GET', '/api/auth/me', { headers })).status).toBe(401)
    expect((await server.call('POST', '/api/auth/refresh', { headers })).status).toBe(401)
  })

  it('of a server with another secret is not taken', async () => {
    const other = await startTestServer()
    const { token } = await other.register()
    expect((await me(`Bearer ${token}`)).status).toBe(401)
    await other.remove()
  })

  it('leaves no trouble in the log', () => {
    const events = server.logLines().map((line) => JSON.parse(line).event)
    expect(events.filter((event) => event === 'bug' || event === 'storage_trouble')).toEqual([])
  })
})
