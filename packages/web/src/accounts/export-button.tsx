import { Download } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'

/** Saves all that is stored about the account as a file. */
export function ExportButton() {
  const [isBusy, setIsBusy] = useState(false)
  async function save() {
    setIsBusy(true)
    try {
      const all = await session.call('exportAccount', {})
      saveFile('rollcall-export.json', `${JSON.stringify(all, null, 2)}\n`, 'application/json')
    } catch (error) {
      showToast({ text: sentenceOf(error) })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button icon={Download} isBusy={isBusy} className="self-start" onClick={() => void save()}>
      Download JSON
    </Button>
  )
}
