import { ApiError, createClient } from '@rollcall/core/schema'
import { createSimulator, type Simulator } from '@rollcall/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'

let simulator: Simulator
let server: TestServer
beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
  server = await startTestServer({ simulator })
})
afterAll(async () => {
  await server.remove()
  await simulator.close()
})

it('takes a program through all that a user does', async () => {
  let token: string | undefined
  const call = createClient({ server: server.address, fetch, token: () => token })
  const account = { email: 'ada@example.com', password: 'a long enough password' }

  expect(await call('live', {})).toEqual({ status: 'ok' })
  const { access_token, user } = await call('register', { body: account })
  token = access_token
  expect((await call('me', {})).id).toBe(user.id)

  const saved = await call('saveKey', {
    body: { provider: 'openai', key: simulator.keys.openai, label: 'work' },
  })
  expect(saved).toMatchObject({ provider: 'openai', label: 'work' })
  const models = await call('availableModels', { query: { provider: 'openai', kind: 'chat' } })
  expect(models.providers.map(({ provider_key }) => provider_key)).toEqual(['openai', 'custom'])
  expect((await call('listKeys', {})).api_keys).toHaveLength(1)
  expect(
    await call('removeKey', { params: { provider: 'openai' }, query: { label: 'work' } }),
  ).toBeUndefined()

  const created = await call('createAccessToken', { body: { name: 'script', scopes: ['models'] } })
  token = created.token
  expect((await call('listProviders', {})).providers).toHaveLength(9)
  const refused = await call('listKeys', {}).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ApiError)
  expect(refused).toMatchObject({ code: 'forbidden', status: 403 })
  token = access_token
  await call('revokeAccessToken', { params: { id: created.id } })
  await call('signOut', {})
  await expect(call('me', {})).rejects.toMatchObject({ code: 'token_revoked', status: 401 })
})

it('says that nothing is there where nothing is', async () => {
  const gone = await startTestServer()
  await gone.remove()
  const call = createClient({ server: gone.address, fetch, token: () => 'a\nb' })
  await expect(call('me', {})).rejects.toMatchObject({ code: 'unreachable' })
  const elsewhere = createClient({ server: simulator.bases.openai, fetch })
  await expect(elsewhere('me', {})).rejects.toMatchObject({ code: 'not_rollcall' })
})
