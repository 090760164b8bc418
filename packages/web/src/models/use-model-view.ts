import { useEffect, useMemo, useRef, useState } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'
import { type ModelView, readView, writeView } from './model-view.ts'

const PATH = '/models'
/** Browsers refuse an address that changes with every letter. */
const TYPING_PAUSE_MS = 200

export interface ModelViewControl {
  view: ModelView
  /** Changes part of it, in place of what the address says. */
  change: (part: Partial<ModelView>) => void
  /** A change of the search that is shown at once and told to the address when typing pauses. */
  type: (search: string) => void
  openModel: (id: string) => void
  closeModel: () => void
}

/** The view of the page, kept in its address. */
export function useModelView(): ModelViewControl {
  const query = useSearch()
  const [typed, setTyped] = useState<string>()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const view = useMemo(() => {
    const read = readView(query)
    return typed === undefined ? read : { ...read, search: typed }
  }, [query, typed])
  useEffect(() => () => clearTimeout(timer.current), [])

  const show = (next: ModelView, options: { replace: boolean; state?: unknown }) => {
    clearTimeout(timer.current)
    setTyped(undefined)
    navigate(PATH + writeView(next), options)
  }
  return {
    view,
    change: (part) => show({ ...view, ...part }, { replace: true, state: history.state }),
    type(search) {
      setTyped(search)
      clearTimeout(timer.current)
      timer.current = setTimeout(
        () => show({ ...readView(location.search), search }, { replace: true, state: history.state }),
        TYPING_PAUSE_MS,
      )
    },
    // back closes what was opened here, and only that
    openModel: (id) =>
      show({ ...view, model: id }, { replace: view.model !== undefined, state: OPENED_HERE }),
    closeModel() {
      if (isOpenedHere(history.state)) history.back()
      else show({ ...view, model: undefined }, { replace: true })
    },
  }
}

const OPENED_HERE = { isModelOpenedHere: true }

function isOpenedHere(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isModelOpenedHere' in state
}
