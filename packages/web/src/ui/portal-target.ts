import { createContext, useContext } from 'react'

/** Where menus and tooltips are put: inside an open modal window, as all else lies behind it; else in the body. */
export const PortalTarget = createContext<HTMLElement | null>(null)

export function usePortalTarget(): HTMLElement | null {
  return useContext(PortalTarget)
}
