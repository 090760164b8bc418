import type { Invitation, ManagedUser, User } from '@rollcall/core/schema'
import { iso, isoOrNull } from '../moment-text.ts'
import type { InvitationRow, UserRow } from '../storage/tables.ts'

export function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    two_factor: row.totp_confirmed_at !== null,
    created_at: iso(row.created_at),
  }
}

export function toManagedUser(row: UserRow, apiKeyCount: number): ManagedUser {
  return {
    ...toUser(row),
    disabled: row.disabled === 1,
    last_sign_in_at: isoOrNull(row.last_sign_in_at),
    api_key_count: apiKeyCount,
  }
}

/** Without its code, of which only a hash is kept. */
export function toInvitation(row: InvitationRow): Invitation {
  return { id: row.id, email: row.email, created_at: iso(row.created_at), expires_at: iso(row.expires_at) }
}
