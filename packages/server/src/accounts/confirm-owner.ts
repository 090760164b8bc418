import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'
import type { UserRow } from '../storage/tables.ts'
import type { Passwords } from './passwords.ts'
import type { SecondFactor } from './second-factor.ts'

export interface ConfirmPorts {
  db: Database
  passwords: Passwords
  secondFactor: SecondFactor
}

/** Who changes what guards the account proves once more to be its owner. */
export async function confirmOwner(
  { db, passwords, secondFactor }: ConfirmPorts,
  userId: string,
  proof: { password: string; code?: string | undefined },
): Promise<UserRow | Refusal> {
  const user = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
  if (!user || !(await passwords.verify(proof.password, user.password_hash))) {
    return new Refusal('password_wrong', 'The password is wrong.', { field: 'password' })
  }
  return (await secondFactor.check(user, proof.code)) ?? user
}
