import { useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { reachability } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'

/** The server cannot be reached: what is shown is what was known before. */
export function OfflineNotice() {
  const isReachable = useSyncExternalStore(reachability.subscribe, reachability.isReachable)
  const queryClient = useQueryClient()
  if (isReachable) return null
  return (
    // over the page, which stays where it is
    <div className="fixed inset-x-4 top-3 z-40 mx-auto max-w-xl rounded-md shadow-float">
      <Notice tone="warn" action={<Button onClick={() => void queryClient.refetchQueries()}>Try now</Button>}>
        The server does not answer. What is shown is what was known before; it is asked again by itself.
      </Notice>
    </div>
  )
}
