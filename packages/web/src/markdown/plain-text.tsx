import { visibleWords } from '@rollcall/core/visible-text'
import { memo, useState } from 'react'
import { Button } from '../ui/button.tsx'

/** Pieces that are out of sight cost nothing to show. */
const PIECE_CHARS = 10_000
const SHOWN_AT_ONCE = 200_000

/** A stranger's text with its lines, however long it is. */
export function PlainText({ text }: { text: string }) {
  const [most, setMost] = useState(SHOWN_AT_ONCE)
  const pieces = piecesOf(text.slice(0, most))
  const left = text.length - most
  return (
    <div>
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text grows at its end alone
        <Piece key={index} text={piece} />
      ))}
      {left > 0 && (
        <Button className="mt-2" onClick={() => setMost(most + SHOWN_AT_ONCE)}>
          Show more: {left.toLocaleString('en')} characters follow
        </Button>
      )}
    </div>
  )
}

const Piece = memo(({ text }: { text: string }) => (
  <div
    dir="auto"
    className="whitespace-pre-wrap [contain-intrinsic-size:auto_20rem] [content-visibility:auto]"
  >
    {visibleWords(text)}
  </div>
))

/** Cut behind a line where there is one near, and never through a character. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; ) {
    const least = at + PIECE_CHARS
    const line = text.indexOf('\n', least)
    const isNear = line >= 0 && line < least + PIECE_CHARS
    const end = isNear ? line + 1 : least + (/[\udc00-\udfff]/.test(text.charAt(least)) ? 1 : 0)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}
