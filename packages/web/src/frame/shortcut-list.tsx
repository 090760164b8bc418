import { Dialog } from '../ui/dialog.tsx'
import { isMac, useShortcuts } from '../ui/shortcuts.ts'

/** Every shortcut that works on this page. */
export function ShortcutList({ onClose }: { onClose: () => void }) {
  const shortcuts = useShortcuts()
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-2">
        {shortcuts.map(({ keys, label }) => (
          <div key={keys} className="contents">
            <dt>{label}</dt>
            <dd className="flex items-center gap-1">
              {namesOf(keys).map((name) => (
                <kbd
                  key={name}
                  className="min-w-6 rounded-sm border border-line-strong/60 px-1.5 text-center font-sans text-xs"
                >
                  {name}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

function namesOf(keys: string): string[] {
  const names: Record<string, string> = { mod: isMac ? '⌘' : 'Ctrl', enter: 'Enter', escape: 'Esc' }
  return keys.split(/[ +]/).map((key) => names[key] ?? key.toUpperCase())
}
