import { useState } from 'react'

const STORED_AS = 'rollcall-plain-answers'

/** Whether answers are shown as they were written; remembered by this browser. */
export function useIsPlain(): [boolean, (isPlain: boolean) => void] {
  const [isPlain, setIsPlain] = useState(isStored)
  return [
    isPlain,
    (next) => {
      setIsPlain(next)
      try {
        if (next) localStorage.setItem(STORED_AS, 'yes')
        else localStorage.removeItem(STORED_AS)
      } catch {
        // without storage it holds as long as the page
      }
    },
  ]
}

function isStored(): boolean {
  try {
    return localStorage.getItem(STORED_AS) !== null
  } catch {
    return false // no storage, no choice
  }
}
