import { lazy, Suspense } from 'react'
import { PlainText } from '../markdown/plain-text.tsx'

const Markdown = lazy(async () => ({ default: (await import('../markdown/markdown.tsx')).Markdown }))

/** A model's words: a stranger's, as text or as Markdown of which nothing can act. */
export function AnswerWords({ text, isPlain }: { text: string; isPlain: boolean }) {
  if (isPlain) return <PlainText text={text} />
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <Markdown text={text} />
    </Suspense>
  )
}
