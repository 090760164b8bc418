import type { ReactNode, RefObject } from 'react'
import { classNames } from '../ui/class-names.ts'
import { usePlace } from './model-picker-place.ts'

/** Beside the field; on a phone from edge to edge. */
export function PickerPopup({
  field,
  isNarrow,
  children,
}: {
  field: RefObject<HTMLDivElement | null>
  isNarrow: boolean
  /** With the height that it may take. */
  children: (height: number) => ReactNode
}) {
  const { isAbove, height } = usePlace(field, isNarrow)
  return (
    <div
      style={{ maxHeight: height }}
      className={classNames(
        'absolute inset-x-0 z-40 flex flex-col overflow-hidden rounded-lg border border-line-strong/60 bg-raised shadow-float max-sm:-inset-x-4 max-sm:rounded-none max-sm:border-x-0',
        isAbove ? 'bottom-full mb-1' : 'top-full mt-1',
      )}
    >
      {children(height)}
    </div>
  )
}
