import { useEffect, useState } from 'react'
import { BlockView } from './block-view.tsx'
import { createGrowingMarkdown, type ReadMarkdown } from './growing-markdown.ts'
import { PlainText } from './plain-text.tsx'
import { createReaderBeside } from './read-beside.ts'

/** A stranger's Markdown, which may still be growing. What cannot be formatted is shown as it was written. */
export function Markdown({ text }: { text: string }) {
  const [growing, setGrowing] = useState<ReturnType<typeof createGrowingMarkdown>>()
  const [read, setRead] = useState<ReadMarkdown>()
  useEffect(() => {
    const reader = createReaderBeside()
    setGrowing(createGrowingMarkdown(reader.read, setRead))
    return reader.close
  }, [])
  const lines = text.replaceAll(/\r\n?/g, '\n')
  useEffect(() => growing?.grow(lines), [growing, lines])
  // words do not wait for their form
  if (!read) return <PlainText text={text} />
  return (
    <div className="flex flex-col gap-3">
      {read.blocks.map(({ at, block }) => (
        <BlockView key={at} block={block} />
      ))}
      {read.isGivenUp && read.end < lines.length && <PlainText text={lines.slice(read.end)} />}
    </div>
  )
}
