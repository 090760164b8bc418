import { sendAll } from '../api/held-back.ts'

/** How a key about to go is named among all that is held back. */
export const HELD_KEY = 'api-key '

/** Resolves when no key is used any more that is said to be deleted. */
export function sendKeyDeletions(): Promise<void> {
  return sendAll((id) => id.startsWith(HELD_KEY))
}
