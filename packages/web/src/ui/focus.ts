import { useEffect, useRef } from 'react'

/** What had the focus is gone: the next Tab would begin at the top of the page. */
export function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}

/** Where a reader of the page begins. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus()
}

/** What leaves a list and comes back gets the focus, where that is lost by then. Returns how to say what left. */
export function useFocusOnReturn(
  shown: readonly string[],
  focus: (id: string) => void,
): (id: string) => void {
  const gone = useRef(new Set<string>())
  useEffect(() => {
    for (const id of shown) if (gone.current.delete(id) && isFocusLost()) focus(id)
  })
  return (id) => void gone.current.add(id)
}
