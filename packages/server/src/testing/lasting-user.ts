import type { TestServer } from './test-server.ts'

/** An account with a token that time does not end, for tests with a clock of their own. */
export async function registerLastingUser(server: TestServer): Promise<{ token: string; userId: string }> {
  const { token, userId } = await server.register()
  const { status, json, text } = await server.call('POST', '/api/access-tokens', {
    token,
    body: { name: 'test', scopes: ['models', 'keys'] },
  })
  if (status !== 201) throw new Error(`making a token answered ${status}: ${text}`)
  return { token: json.token, userId }
}
