import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Notice } from './notice.tsx'

/** Asks before something that cannot be undone; closes itself when it is done. */
export function ConfirmDialog({
  title,
  children,
  action,
  onConfirm,
  onClose,
  sentenceOf,
}: {
  title: string
  children: ReactNode
  /** What the button says: a verb. */
  action: string
  onConfirm: () => Promise<unknown>
  onClose: () => void
  /** What went wrong, for people. */
  sentenceOf: (error: unknown) => string
}) {
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string>()
  async function confirm() {
    setIsBusy(true)
    setProblem(undefined)
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(sentenceOf(error))
      setIsBusy(false)
    }
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <div>{children}</div>
        {problem && <Notice tone="bad">{problem}</Notice>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="danger" isBusy={isBusy} onClick={() => void confirm()}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
