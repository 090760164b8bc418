import { folded } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import type { ReactNode } from 'react'

/** A stranger's text with what was searched for marked. */
export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  const shown = visible(text)
  const parts = markedParts(shown, words)
  return (
    <bdi>
      {parts.map(
        ({ text, isMatch, at }): ReactNode =>
          isMatch ? (
            <mark key={at} className="bg-transparent font-semibold text-accent">
              {text}
            </mark>
          ) : (
            text
          ),
      )}
    </bdi>
  )
}

export interface MarkedPart {
  text: string
  isMatch: boolean
  at: number
}

/** The text in pieces, in order. Nothing is marked where folding changes places. */
export function markedParts(text: string, words: readonly string[]): MarkedPart[] {
  const searched = folded(text)
  if (words.length === 0 || searched.length !== text.length) return [{ text, isMatch: false, at: 0 }]
  const isMarked = new Uint8Array(text.length)
  for (const word of words) {
    for (let at = searched.indexOf(word); at !== -1; at = searched.indexOf(word, at + word.length)) {
      isMarked.fill(1, at, at + word.length)
    }
  }
  const parts: MarkedPart[] = []
  for (let at = 0; at < text.length; ) {
    let end = at + 1
    while (end < text.length && isMarked[end] === isMarked[at]) end++
    parts.push({ text: text.slice(at, end), isMatch: isMarked[at] === 1, at })
    at = end
  }
  return parts
}
