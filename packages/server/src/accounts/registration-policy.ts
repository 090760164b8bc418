import { isLoopback } from '@rollcall/core'
import type { ClientAddress } from '../http/client-address.ts'
import { isForThisMachineOnly, type Settings } from '../settings.ts'
import type { Database } from '../storage/database.ts'

/** Who may come in, as the settings say. */
export function createRegistrationPolicy(
  settings: Pick<Settings, 'registration' | 'host' | 'publicUrl' | 'trustedProxies'>,
) {
  const isAlone = isForThisMachineOnly(settings)

  /** Through a proxy that nobody told us of, or by a page whose name was made to lead to this machine. */
  function isCalledByOtherName({ origin }: ClientAddress): boolean {
    const name = URL.canParse(origin) ? new URL(origin).hostname : ''
    return isAlone && settings.trustedProxies.length === 0 && !isLoopback(name)
  }

  return {
    /** Of the first account: others could come first. */
    wantsSetupCode: !isAlone,
    /** Of all accounts but the first. */
    further: settings.registration ?? (isAlone ? 'open' : 'invite'),
    isNotFor: (client: ClientAddress, isFirst: boolean): boolean =>
      (isFirst || settings.registration === undefined) && isCalledByOtherName(client),
  }
}

export type RegistrationPolicy = ReturnType<typeof createRegistrationPolicy>

/** Whether there is an account; the row is written with the first one. */
export async function isFirstTaken(db: Database): Promise<boolean> {
  const first = await db
    .selectFrom('installation')
    .select('name')
    .where('name', '=', 'first_account')
    .executeTakeFirst()
  return first !== undefined
}
