import type { Instance } from '@rollcall/core/schema'
import packageJson from '../../package.json' with { type: 'json' }
import type { Handlers } from '../http/bind.ts'
import type { Database } from '../storage/database.ts'
import { isFirstTaken, type RegistrationPolicy } from './registration-policy.ts'

/** What the front door shows before anybody has signed in. */
export function createInstanceHandler(
  db: Database,
  policy: RegistrationPolicy,
  demo: Instance['demo'],
): Pick<Handlers, 'instance'> {
  return {
    async instance({ client }) {
      const hasAccount = await isFirstTaken(db)
      return {
        version: packageJson.version,
        has_account: hasAccount,
        registration: policy.isNotFor(client, !hasAccount) ? 'closed' : hasAccount ? policy.further : 'open',
        wants_setup_code: policy.wantsSetupCode && !hasAccount,
        demo,
      }
    },
  }
}
