import { bodyFaults } from './body.ts'
import { chatFaults } from './chat.ts'
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

/** Every bad day of a list the simulator knows, by the row of the fault matrix it shows. */
export const FAULTS: Record<FaultId, Fault> = faults

export type ChatFaultId = keyof typeof chatFaults

/** What only a model's answer can show; most of the others show there as well. */
export const CHAT_FAULTS: Record<ChatFaultId, Fault> = chatFaults

const all: Record<FaultId | ChatFaultId, Fault> = { ...faults, ...chatFaults }

export function faultOf(id: FaultId | ChatFaultId): Fault {
  return all[id]
}

export function isFaultId(value: string): value is FaultId | ChatFaultId {
  return Object.hasOwn(all, value)
}
