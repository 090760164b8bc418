import { randomUUID } from 'node:crypto'
import type { Handlers } from '../http/bind.ts'
import { Refusal } from '../http/refusal.ts'
import type { Settings } from '../settings.ts'
import { isForThisMachineOnly } from '../settings.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { NewUserRow } from '../storage/tables.ts'
import type { Passwords } from './passwords.ts'
import { hashOf, randomToken } from './secret-text.ts'
import type { Sessions } from './sessions.ts'
import type { AnswerSignedIn } from './sign-in.ts'

export interface RegisterPorts {
  settings: Pick<Settings, 'registration' | 'host' | 'publicUrl'>
  storage: Storage
  passwords: Passwords
  sessions: Sessions
  signedIn: AnswerSignedIn
  now: () => number
}

/** Who may come in: the first one makes the installation theirs, the others as the settings say. */
export function createRegisterHandlers(ports: RegisterPorts): Pick<Handlers, 'register'> {
  const { settings, storage, passwords, sessions, signedIn, now } = ports
  const isAlone = isForThisMachineOnly(settings)
  const registration = settings.registration ?? (isAlone ? 'open' : 'invite')

  return {
    async register({ body, context }) {
      const passwordHash = await passwords.hash(body.password)
      const user: NewUserRow = {
        id: randomUUID(),
        email: body.email,
        password_hash: passwordHash,
        role: 'user',
        created_at: now(),
        last_sign_in_at: now(),
      }
      const created = await inTransaction(storage.db, async (transaction) => {
        const isFirst = await claimFirstAccount(transaction, user.id)
        const refused = isFirst
          ? await refuseFirst(transaction, isAlone, body.setup_code)
          : await refuseFurther(transaction, registration, body.email, body.invitation, now())
        if (refused) return refused
        const inserted = await transaction
          .insertInto('users')
          .values({ ...user, role: isFirst ? 'admin' : 'user' })
          .onConflict((conflict) => conflict.column('email').doNothing())
          .returningAll()
          .executeTakeFirst()
        return (
          inserted ??
          new Refusal('email_taken', 'There is an account with this address: sign in instead.', {
            field: 'email',
          })
        )
      })
      if (created instanceof Refusal) return created
      return signedIn(context, created, await sessions.start(created.id))
    },
  }
}

/** Of two that come at once, one is first: the row can be written only once. */
async function claimFirstAccount(db: Database, userId: string): Promise<boolean> {
  const claimed = await db
    .insertInto('installation')
    .values({ name: 'first_account', value: userId })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return (claimed.numInsertedOrUpdatedRows ?? 0n) > 0n
}

async function refuseFirst(
  db: Database,
  isAlone: boolean,
  code: string | undefined,
): Promise<Refusal | undefined> {
  if (isAlone) return undefined
  const expected = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', 'setup_code')
    .executeTakeFirst()
  if (code !== undefined && expected?.value === hashOf(code)) {
    await db.deleteFrom('installation').where('name', '=', 'setup_code').execute()
    return undefined
  }
  return new Refusal(
    'setup_code_required',
    'The first account wants the set-up code that the server printed when it started.',
    { field: 'setup_code' },
  )
}

async function refuseFurther(
  db: Database,
  registration: 'open' | 'invite' | 'closed',
  email: string,
  invitation: string | undefined,
  now: number,
): Promise<Refusal | undefined> {
  if (registration === 'open') return undefined
  if (registration === 'closed')
    return new Refusal('registration_closed', 'This server takes no new accounts.')
  const wanted = new Refusal(
    'invitation_required',
    'This server wants an invitation that is valid for this address: ask an admin for one.',
    {
      field: 'invitation',
    },
  )
  if (invitation === undefined) return wanted
  const used = await db
    .deleteFrom('invitations')
    .where('hash', '=', hashOf(invitation))
    .where('expires_at', '>', now)
    .where((where) => where.or([where('email', 'is', null), where('email', '=', email)]))
    .executeTakeFirst()
  return used.numDeletedRows > 0n ? undefined : wanted
}

/** A new set-up code, as long as one is needed: printed by whoever starts the server, kept as a hash. */
export async function renewSetupCode(
  settings: Pick<Settings, 'host' | 'publicUrl'>,
  db: Database,
): Promise<string | undefined> {
  if (isForThisMachineOnly(settings)) return undefined
  const first = await db
    .selectFrom('installation')
    .select('name')
    .where('name', '=', 'first_account')
    .executeTakeFirst()
  if (first) return undefined
  const code = randomToken().slice(0, 24)
  await db
    .insertInto('installation')
    .values({ name: 'setup_code', value: hashOf(code) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: hashOf(code) }))
    .execute()
  return code
}
