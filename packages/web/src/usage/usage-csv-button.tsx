import type { UsageQuery } from '@rollcall/core/schema'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'

/** Saves what is shown as a file, with a line for each model and day. */
export function UsageCsvButton({ query, name }: { query: UsageQuery; name: string }) {
  const [isBusy, setIsBusy] = useState(false)
  async function save() {
    setIsBusy(true)
    try {
      saveFile(name, await session.call('exportUsage', { query }), 'text/csv')
    } catch (error) {
      showToast({ text: sentenceOf(error) })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button icon={Download} isBusy={isBusy} onClick={() => void save()}>
      Download CSV
    </Button>
  )
}
