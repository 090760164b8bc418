import { Download } from 'lucide-react'
import { useState } from 'react'
import { sentenceOf } from '../api/query-client.ts'
import { session } from '../session/this-session.ts'
import { Spinner } from '../ui/button.tsx'
import { Menu } from '../ui/menu.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'
import { type RunsSought, runsFilter } from './run-queries.ts'

/** Saves what is looked for, whole, as a file. */
export function ExportRuns({ sought }: { sought: RunsSought }) {
  const [isBusy, setIsBusy] = useState(false)
  async function save(write: () => Promise<void>) {
    if (isBusy) return
    setIsBusy(true)
    try {
      await write()
    } catch (error) {
      showToast({ text: `Nothing was saved. ${sentenceOf(error)}` })
    } finally {
      setIsBusy(false)
    }
  }
  const query = runsFilter(sought)
  const asJson = async () => {
    const all = await session.call('exportRuns', { query })
    saveFile('rollcall-runs.json', `${JSON.stringify(all, null, 2)}\n`, 'application/json')
  }
  const asCsv = async () => {
    saveFile('rollcall-runs.csv', await session.call('exportRunsCsv', { query }), 'text/csv')
  }
  return (
    <Menu
      trigger={{
        'aria-busy': isBusy,
        className:
          'inline-flex h-8 items-center gap-1.5 rounded-md border border-line-strong/60 bg-surface px-3 font-medium hover:bg-hover pointer-coarse:min-h-10',
        children: (
          <>
            {isBusy ? <Spinner /> : <Download aria-hidden size={15} />}
            Export
          </>
        ),
      }}
      groups={[
        [
          { label: 'JSON, with every word', onSelect: () => void save(asJson) },
          { label: 'CSV, a line for each answer', onSelect: () => void save(asCsv) },
        ],
      ]}
    />
  )
}
