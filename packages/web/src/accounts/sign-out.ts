import { sendAllEverywhere } from '../api/held-back.ts'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { showToast } from '../ui/toasts.tsx'

/** Signs out, after what could still be undone has been sent. */
export async function signOut(): Promise<void> {
  try {
    await sendAllEverywhere()
    await session.signOut()
  } catch (error) {
    showToast({ text: sentenceOf(error) })
  }
}
