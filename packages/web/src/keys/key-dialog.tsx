import type { ProviderInfo } from '@rollcall/core/schema'
import { Dialog } from '../ui/dialog.tsx'
import { KeyForm } from './key-form.tsx'

/** Which key is being written: of this provider and label, new or in place of one. */
export interface WrittenKey {
  provider: ProviderInfo
  label: string | null
  isReplacing: boolean
}

export function KeyDialog({
  written,
  onClose,
  onSaved,
}: {
  written: WrittenKey
  onClose: () => void
  onSaved: () => void
}) {
  const { provider, isReplacing } = written
  return (
    <Dialog
      title={isReplacing ? `Replace ${provider.name} key` : `Add ${provider.name} key`}
      onClose={onClose}
    >
      <KeyForm {...written} onSaved={onSaved} />
    </Dialog>
  )
}
