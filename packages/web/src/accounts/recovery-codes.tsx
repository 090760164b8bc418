import { Copy, Download } from 'lucide-react'
import { Button } from '../ui/button.tsx'
import { copyText } from '../ui/copy-button.tsx'
import { saveFile } from '../ui/save-file.ts'
import { showToast } from '../ui/toasts.tsx'

/** Each lets its owner in once without the app; shown only now. */
export function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const text = `${codes.join('\n')}\n`
  async function copy() {
    if (await copyText(text)) showToast({ text: 'Recovery codes copied' })
  }
  return (
    <div className="flex flex-col gap-4">
      <p>
        The second factor is on. Each of these codes lets you in once without your app: keep them somewhere
        else, as they are not shown again.
      </p>
      <ul className="grid grid-cols-[repeat(auto-fit,minmax(11rem,1fr))] gap-x-4 gap-y-1 rounded-md border border-line bg-surface p-3 font-mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button icon={Copy} onClick={() => void copy()}>
          Copy
        </Button>
        <Button icon={Download} onClick={() => saveFile('rollcall-recovery-codes.txt', text, 'text/plain')}>
          Download
        </Button>
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  )
}
