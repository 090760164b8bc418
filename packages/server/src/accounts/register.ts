import { randomUUID } from 'node:crypto'
import type { Handlers } from '../http/bind.ts'
import { Refusal } from '../refusal.ts'
import { isForThisMachineOnly, type Settings } from '../settings.ts'
import type { Database, Storage } from '../storage/database.ts'
import { inTransaction } from '../storage/in-transaction.ts'
import type { NewUserRow } from '../storage/tables.ts'
import type { Passwords } from './passwords.ts'
import { isFirstTaken, type RegistrationPolicy } from './registration-policy.ts'
import { hashOf, randomToken } from './secret-text.ts'
import type { Sessions } from './sessions.ts'
import type { AnswerSignedIn } from './sign-in.ts'

export interface RegisterPorts {
  policy: RegistrationPolicy
  storage: Storage
  passwords: Passwords
  sessions: Sessions
  signedIn: AnswerSignedIn
  now: () => number
}

/** Who may come in: the first one makes the installation theirs, the others as the settings say. */
export function createRegisterHandlers(ports: RegisterPorts): Pick<Handlers, 'register'> {
  const { policy, storage, passwords, sessions, signedIn, now } = ports
  const notAlone = new Refusal(
    'registration_closed',
    'This server takes itself to be for its own machine alone: call it "localhost" there, or set ROLLCALL_PUBLIC_URL to the address people type and start it again.',
  )

  return {
    async register({ body, client, context }) {
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
        const isFirst = await claimFirstAccount(transaction, now())
        if (policy.isNotFor(client, isFirst)) return notAlone
        const refused = isFirst
          ? await refuseFirst(transaction, policy.wantsSetupCode, body.setup_code)
          : await refuseFurther(transaction, policy.further, body.email, body.invitation, now())
        if (refused) return refused
        const inserted = await transaction
          .insertInto('users')
          .values({ ...user, role: isFirst ? 'admin' : 'user' })
          .onConflict((conflict) => conflict.column('email').doNothing())
          .returningAll()
          .executeTakeFirst()
        if (!inserted) {
          return new Refusal('email_taken', 'There is an account with this address: sign in instead.', {
            field: 'email',
          })
        }
        return { user: inserted, session: await sessions.start(transaction, inserted.id) }
      })
      if (created instanceof Refusal) return created
      return signedIn(context, created.user, created.session)
    },
  }
}

/** Of two that come at once, one is first: the row can be written only once. */
async function claimFirstAccount(db: Database, at: number): Promise<boolean> {
  const claimed = await db
    .insertInto('installation')
    .values({ name: 'first_account', value: new Date(at).toISOString() })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  return (claimed.numInsertedOrUpdatedRows ?? 0n) > 0n
}

async function refuseFirst(
  db: Database,
  wantsSetupCode: boolean,
  code: string | undefined,
): Promise<Refusal | undefined> {
  if (!wantsSetupCode) return undefined
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
  registration: RegistrationPolicy['further'],
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
  if (await isFirstTaken(db)) return undefined
  const code = randomToken().slice(0, 24)
  await db
    .insertInto('installation')
    .values({ name: 'setup_code', value: hashOf(code) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: hashOf(code) }))
    .execute()
  return code
}
