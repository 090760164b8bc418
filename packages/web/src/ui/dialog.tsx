import { X } from 'lucide-react'
import { type ReactNode, useCallback, useId, useRef, useState } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { PortalTarget } from './portal-target.ts'

interface DialogProps {
  title: string
  children: ReactNode
  /** Undefined: it cannot be closed without an answer. */
  onClose?: () => void
}

/**
 * A modal window, open as long as it is rendered. The browser's own element keeps the focus inside, makes all else
 * inert and closes with Escape, without the inline style sheets that our Content-Security-Policy forbids.
 */
function Modal({ title, children, onClose, className }: DialogProps & { className: string }) {
  const [dialog, setDialog] = useState<HTMLDialogElement>()
  const isPressed = useRef(false)
  const id = useId()
  const open = useCallback((element: HTMLDialogElement) => {
    // what had the focus gets it back, also where the element is taken away while it is open; or what is around it
    const before = document.activeElement
    element.showModal()
    setDialog(element)
    return () => {
      element.close()
      if (before instanceof HTMLElement && before.isConnected && before !== document.body) before.focus()
      else document.querySelector('main')?.focus()
    }
  }, [])
  return (
    <dialog
      ref={open}
      aria-labelledby={id}
      className={classNames(
        'border border-line bg-raised p-0 shadow-float open:flex open:flex-col',
        className,
      )}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
      onMouseDown={({ target, detail }) => {
        // the second press of a double click was meant for what opened it
        isPressed.current = target === dialog && detail < 2
      }}
      onMouseUp={({ target }) => {
        if (isPressed.current && target === dialog) onClose?.()
      }}
    >
      <div className="flex items-center gap-2 border-line border-b py-2 pr-2 pl-4">
        <h2 id={id} className="min-w-0 grow truncate text-base">
          {title}
        </h2>
        {onClose && <IconButton icon={X} label="Close" onClick={onClose} />}
      </div>
      <div className="min-h-0 grow overflow-y-auto p-4">
        {/* not before it is open: what is to have the focus can take it only then */}
        {dialog && <PortalTarget value={dialog}>{children}</PortalTarget>}
      </div>
    </dialog>
  )
}

/** In the middle; on a phone at the bottom, where the thumb is. */
export function Dialog(props: DialogProps) {
  return (
    <Modal
      {...props}
      className="m-auto max-h-[85dvh] w-[min(32rem,calc(100vw-2rem))] rounded-lg max-sm:mb-4"
    />
  )
}

/** From the right, over the page it belongs to; on a phone over all of it. */
export function Sheet(props: DialogProps) {
  return (
    <Modal
      {...props}
      className="my-0 mr-0 ml-auto h-dvh max-h-none w-[min(30rem,100vw)] max-w-none border-y-0 border-r-0"
    />
  )
}
