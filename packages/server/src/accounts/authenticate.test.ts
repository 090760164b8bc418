import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSettings } from '../settings.ts'
import type { Change, Storage } from '../storage/database.ts'
import { openStorage } from '../storage/open-storage.ts'
import { createPlace, DIALECTS, type TestPlace } from '../testing/test-server.ts'
import { createAccessJwt } from './access-jwt.ts'
import { createAuthenticator } from './authenticate.ts'
import { hashOf, newAccessTokenText } from './secret-text.ts'
import { createSessions } from './sessions.ts'

describe.each(DIALECTS)('whose token it is, on %s', (dialect) => {
  let place: TestPlace
  let storage: Storage
  let at = Date.now()
  const now = () => at
  const jwt = createAccessJwt(Buffer.alloc(32, 7), now)
  const personal = newAccessTokenText()

  beforeAll(async () => {
    place = await createPlace(dialect)
    storage = await openStorage(readSettings(place.environment))
    await storage.db
      .insertInto('users')
      .values({ id: 'ada', email: 'ada@example.com', password_hash: 'x', role: 'user', created_at: 0 })
      .execute()
    const row = { id: 'x', user_id: 'ada', name: 'x', hash: hashOf(personal), preview: '', scopes: 'models' }
    await storage.db
      .insertInto('access_tokens')
      .values({ ...row, created_at: 0 })
      .execute()
  })
  afterAll(async () => {
    await storage.close()
    await place.remove()
  })

  const disable = (disabled: 0 | 1) => storage.db.updateTable('users').set({ disabled }).execute()
  const sessionToken = async () => {
    const session = await createSessions(storage, now).start(storage.db, 'ada')
    return jwt.sign({ userId: 'ada', sessionId: session.id })
  }
  const changed: Change = { kind: 'access', userId: 'ada' }

  it('is nobody’s while the account is disabled, though session and token be there', async () => {
    const authenticator = createAuthenticator(storage, jwt, now)
    const tokens = [await sessionToken(), personal]
    for (const token of tokens)
      expect(await authenticator.authenticate(token)).toMatchObject({ userId: 'ada' })
    await disable(1)
    await storage.announce(changed)
    for (const token of tokens) {
      expect(authenticator.known(token)).toBeUndefined()
      expect(await authenticator.authenticate(token)).toMatchObject({ code: 'token_revoked' })
    }
    await disable(0)
    for (const token of tokens)
      expect(await authenticator.authenticate(token)).toMatchObject({ userId: 'ada' })
  })

  it('is remembered until something changes about that user, or the token ends', async () => {
    const authenticator = createAuthenticator(storage, jwt, now)
    const token = await sessionToken()
    expect(authenticator.known(token)).toBeUndefined()
    await authenticator.authenticate(token)
    await storage.announce({ kind: 'access', userId: 'grace' })
    await storage.announce({ kind: 'lists', userId: 'ada' })
    expect(authenticator.known(token)).toMatchObject({ userId: 'ada' })
    await storage.announce(changed)
    expect(authenticator.known(token)).toBeUndefined()
    await authenticator.authenticate(token)
    at += 600_000
    expect(authenticator.known(token)).toBeUndefined()
    expect(await authenticator.authenticate(token)).toMatchObject({ code: 'token_expired' })
  })

  it('is not remembered as it was read before a change that came meanwhile', async () => {
    const token = await sessionToken()
    const interrupted = {
      ...jwt,
      async verify(text: string) {
        const claims = await jwt.verify(text)
        await storage.announce(changed)
        return claims
      },
    }
    const authenticator = createAuthenticator(storage, interrupted, now)
    expect(await authenticator.authenticate(token)).toMatchObject({ userId: 'ada' })
    expect(authenticator.known(token)).toBeUndefined()
  })

  it('is nobody’s when the session has ended or has expired', async () => {
    const authenticator = createAuthenticator(storage, jwt, now)
    const sessions = createSessions(storage, now)
    const session = await sessions.start(storage.db, 'ada')
    const token = await jwt.sign({ userId: 'ada', sessionId: session.id })
    expect(await authenticator.authenticate(token)).toMatchObject({ sessionId: session.id })
    await sessions.end(session.id, 'ada')
    expect(await authenticator.authenticate(token)).toMatchObject({ code: 'token_revoked' })
    const other = await sessions.start(storage.db, 'ada')
    await storage.db.updateTable('sessions').set({ expires_at: at }).where('id', '=', other.id).execute()
    const late = await jwt.sign({ userId: 'ada', sessionId: other.id })
    expect(await authenticator.authenticate(late)).toMatchObject({ code: 'token_revoked' })
    await sessions.sweep()
    const left = await storage.db.selectFrom('sessions').select('id').execute()
    expect(left.map(({ id }) => id)).not.toContain(other.id)
    expect(left.length).toBeGreaterThan(0)
  })
})
