import { sendAll } from '../api/held-back.ts'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { showToast } from '../ui/toasts.tsx'

/** Signs out, after what could still be undone has been sent. */
export async function signOut(): Promise<void> {
  try {
    await sendAll()
    await session.signOut()
  } catch (error) {
    showToast({ text: sentenceOf(error) })
  }
}
