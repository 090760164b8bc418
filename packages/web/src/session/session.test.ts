import type { SignedIn } from '@rollcall/core/schema'
import { describe, expect, it } from 'vitest'
import { createSession } from './session.ts'

function arrange() {
  const asked: string[] = []
  let isOver = true
  const session = createSession({
    async fetch(url, init) {
      const { pathname } = new URL(String(url))
      asked.push(`${init?.method} ${pathname} ${new Headers(init?.headers).get('authorization')}`)
      if (isOver) {
        const error = { code: 'token_revoked', message: 'This session has ended: sign in again.' }
        return Response.json({ error }, { status: 401 })
      }
      return new Response(null, { status: 204 })
    },
    server: 'http://127.0.0.1:1',
    now: () => 0,
    tell: () => undefined,
    forget: () => undefined,
    startOver: () => undefined,
  })
  function letIn() {
    isOver = false
  }
  return { session, asked, letIn }
}

function signedIn(name: string): SignedIn {
  const user = {
    id: name,
    email: `${name}@example.com`,
    role: 'user',
    two_factor: false,
    created_at: '',
  } as const
  return { access_token: `token-of-${name}`, token_type: 'Bearer', expires_in: 600, user }
}

describe('a session that has ended', () => {
  it('goes on with what was asked for when the same person is back', async () => {
    const { session, asked, letIn } = arrange()
    session.accept(signedIn('ada'))
    const removed = session.call('removeKey', { params: { provider: 'groq' } })
    await expect.poll(() => session.state().kind).toBe('ended')
    letIn()
    session.accept({ ...signedIn('ada'), access_token: 'another-of-ada' })
    await removed
    expect(asked.at(-1)).toBe('DELETE /api/api-keys/groq Bearer another-of-ada')
  })

  it('asks nothing in the name of whoever signs in after somebody has left', async () => {
    const { session, asked, letIn } = arrange()
    session.accept(signedIn('ada'))
    const removed = session.call('removeKey', { params: { provider: 'groq' } })
    await expect.poll(() => session.state().kind).toBe('ended')
    const before = asked.length
    session.hearSignedOut()
    letIn()
    session.accept(signedIn('bob'))
    await expect(removed).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(asked.slice(before)).toEqual([])
  })
})
