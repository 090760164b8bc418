import { useSyncExternalStore } from 'react'
import { EMPTY_DRAFT, RunDraft } from './run-draft.ts'

const STORED_AS = 'rollcall-draft'
const SAVE_AFTER_MS = 300

/** What is being written, by the person who writes it; it outlives the page's reload but not its tab. */
let current: { userId: string; draft: RunDraft } | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

addEventListener('pagehide', save)

export function useDraft(userId: string): RunDraft {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => draftFor(userId),
  )
}

export function draftFor(userId: string): RunDraft {
  if (current?.userId !== userId) current = { userId, draft: load(userId) }
  return current.draft
}

export function changeDraft(userId: string, change: (draft: RunDraft) => RunDraft): void {
  current = { userId, draft: change(draftFor(userId)) }
  clearTimeout(timer)
  timer = setTimeout(save, SAVE_AFTER_MS)
  for (const listener of listeners) listener()
}

function save(): void {
  clearTimeout(timer)
  if (!current) return
  try {
    sessionStorage.setItem(`${STORED_AS}-${current.userId}`, JSON.stringify(current.draft))
  } catch {
    // storage is full or forbidden: the draft still lives as long as the page
  }
}

function load(userId: string): RunDraft {
  try {
    return RunDraft.parse(JSON.parse(sessionStorage.getItem(`${STORED_AS}-${userId}`) ?? ''))
  } catch {
    return EMPTY_DRAFT // there is none, or one of another version
  }
}
