import { visible } from '@rollcall/core/visible-text'
import { ChevronLeft, ChevronRight, X } from 'lucide-react'
import { Link } from 'wouter'
import { IconButton } from '../ui/button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { Status } from '../ui/status.tsx'
import type { ComparedColumn } from './comparison.tsx'
import { endOf, todayInUtc } from './model-end.ts'

export interface ComparedHeadProps {
  column: ComparedColumn
  index: number
  count: number
  onMove: (index: number, to: number) => void
  onRemove: (index: number) => void
}

/** The title of a column: which model it is, and what can be done with the column. */
export function ComparedHead({ column, index, count, onMove, onRemove }: ComparedHeadProps) {
  const { id, listed, missing } = column
  const name = visible(listed?.model.name ?? id)
  const end = listed && endOf(listed.model, todayInUtc())
  return (
    <th
      scope="col"
      className="sticky top-0 z-10 border-line border-b bg-surface px-3 pt-1 pb-2 align-top font-normal max-sm:px-2"
    >
      <span className="-ml-2 flex items-center">
        <IconButton
          icon={ChevronLeft}
          label={`Move ${name} to the left`}
          disabled={index === 0}
          className="size-7"
          onClick={() => onMove(index, index - 1)}
        />
        <IconButton
          icon={ChevronRight}
          label={`Move ${name} to the right`}
          disabled={index === count - 1}
          className="size-7"
          onClick={() => onMove(index, index + 1)}
        />
        <IconButton
          icon={X}
          label={`Remove ${name}`}
          className="ml-auto size-7"
          onClick={() => onRemove(index)}
        />
      </span>
      {listed && (
        <Link
          href={`/models?model=${encodeURIComponent(id)}`}
          className="block py-0.5 font-medium [overflow-wrap:anywhere] hover:underline pointer-coarse:py-2"
        >
          <InertText>{listed.model.name}</InertText>
        </Link>
      )}
      <InertText className="block font-mono text-ink-muted text-xs leading-4 [overflow-wrap:anywhere]">
        {id}
      </InertText>
      {end && (
        <Status tone={end.tone} className="text-xs">
          {end.words}
        </Status>
      )}
      {missing && (
        <span className="mt-1 block max-w-80 text-xs">
          <Status tone={missing.isAsking ? 'busy' : 'warn'} className="inline-flex">
            {missing.isAsking ? 'Not listed yet' : 'Not in your lists'}
          </Status>
          <span className="block">
            <SentenceWithLinks>{missing.sentence}</SentenceWithLinks>{' '}
            {missing.addKeyOf !== undefined && (
              <Link href={`/settings/keys?add=${missing.addKeyOf}`} className="text-accent underline">
                Add a key
              </Link>
            )}
          </span>
        </span>
      )}
    </th>
  )
}
