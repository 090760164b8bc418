import type { ReactNode } from 'react'

/** What may be larger than its place: whoever has no mouse moves it with the arrow keys. */
export function ScrollRegion({
  label,
  className,
  children,
}: {
  label: string
  className: string
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    // biome-ignore lint/a11y/noNoninteractiveTabindex: else no key reaches it
    <div role="group" aria-label={label} tabIndex={0} className={className}>
      {children}
    </div>
  )
}
