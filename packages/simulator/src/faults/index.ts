import { bodyFaults } from './body.ts'
import { doorFaults } from './door.ts'
import { entryFaults } from './entries.ts'
import type { Fault } from './fault.ts'
import { pagingFaults } from './paging.ts'
import { protocolFaults } from './protocol.ts'
import { redirectFaults } from './redirect.ts'
import { secretFaults } from './secret.ts'
import { statusFaults } from './status.ts'
import { timingFaults } from './timing.ts'

const faults = {
  ...doorFaults,
  ...timingFaults,
  ...statusFaults,
  ...redirectFaults,
  ...bodyFaults,
  ...entryFaults,
  ...pagingFaults,
  ...protocolFaults,
  ...secretFaults,
}

export type FaultId = keyof typeof faults

/** Every bad day the simulator knows, by the row of the fault matrix it shows. */
export const FAULTS: Record<FaultId, Fault> = faults

export function isFaultId(value: string): value is FaultId {
  return Object.hasOwn(faults, value)
}
