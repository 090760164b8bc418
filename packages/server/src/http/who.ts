import type { Access, Scope } from '@rollcall/core/schema'
import { Refusal } from '../refusal.ts'

/** Whose request it is, by a token that was checked. */
export interface Who {
  userId: string
  role: 'user' | 'admin'
  /** Of whoever signed in; null for a personal access token. */
  sessionId: string | null
  /** Of a personal access token; null for whoever signed in. */
  accessTokenId: string | null
  /** All of them for whoever signed in. */
  scopes: readonly Scope[] | 'all'
  /** When the token ends by itself; milliseconds since the epoch, or infinity. */
  expiresAt: number
}

/** Undefined where this one may. */
export function refuseAccess(who: Who, access: Exclude<Access, 'public'>): Refusal | undefined {
  if (access === 'any') return undefined
  if (access === 'account') {
    return who.sessionId === null
      ? new Refusal('forbidden', 'A personal access token cannot do this: sign in instead.')
      : undefined
  }
  if (access === 'admin' && who.role !== 'admin') {
    return new Refusal('forbidden', 'Only an admin can do this.')
  }
  return who.scopes === 'all' || who.scopes.includes(access)
    ? undefined
    : new Refusal(
        'forbidden',
        `This personal access token lacks the scope "${access}": make one that has it.`,
      )
}
