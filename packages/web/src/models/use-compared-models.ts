import { useState } from 'react'
import { showToast } from '../ui/toasts.tsx'

/** As many as fit beside each other; the page that compares says the same. */
const MOST = 6

/** Models chosen to be compared, in the order in which they were. */
export function useComparedModels() {
  const [chosen, setChosen] = useState<readonly string[]>([])
  return {
    chosen,
    choose(id: string) {
      if (chosen.includes(id)) setChosen(chosen.filter((other) => other !== id))
      else if (chosen.length < MOST) setChosen([...chosen, id])
      else showToast({ text: `${MOST} models at most can be compared.` })
    },
    clear: () => setChosen([]),
  }
}
