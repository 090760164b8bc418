import { useQueryClient } from '@tanstack/react-query'
import { Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { focusHeading, isFocusLost } from '../ui/focus.ts'
import { showToast } from '../ui/toasts.tsx'
import { runQuery } from './run-queries.ts'

/** Stops all that is under way; what has come stays. */
export function StopButton({ id }: { id: string }) {
  const client = useQueryClient()
  const [isBusy, setIsBusy] = useState(false)
  useEffect(
    () => () => {
      // it goes when the run has ended
      setTimeout(() => {
        if (isFocusLost()) focusHeading()
      })
    },
    [],
  )
  async function stop() {
    setIsBusy(true)
    try {
      client.setQueryData(runQuery(id).queryKey, await session.call('cancelRun', { params: { id } }))
    } catch (error) {
      showToast({ text: `Not stopped. ${sentenceOf(error)}` })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button icon={Square} isBusy={isBusy} onClick={() => void stop()}>
      Stop
    </Button>
  )
}
