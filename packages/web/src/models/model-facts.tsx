import { type CorrectedFacts, type Model, sourceOf } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { useQuery } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { modelQuery } from '../api/resources.ts'
import { Button } from '../ui/button.tsx'
import { type FactField, factFieldsOf, factOf, factWords } from './fact-fields.ts'
import { Unknown } from './model-cells.tsx'
import { isYours, saidOtherwise } from './said-otherwise.ts'
import { sourceWords } from './source-words.ts'
import { useRemoval } from './use-removal.tsx'

const load = () => import('./correction-dialog.tsx')
const CorrectionDialog = lazy(async () => ({ default: (await load()).CorrectionDialog }))

const NOTHING: CorrectedFacts = {}

/** Every field, also those of which nothing is known, each with who says so, and the way to set it right. */
export function ModelFacts({
  model,
  correction = NOTHING,
  providerName,
}: {
  model: Model
  /** What the reader has set right. */
  correction: CorrectedFacts | undefined
  providerName: string
}) {
  const [isOpen, setIsOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const { data } = useQuery(modelQuery(model.id))
  const { remove, line } = useRemoval(model.id, correction, () => button.current?.focus())
  const fields = factFieldsOf(model).filter(({ field }) => isShown(model, field))
  const yours = factFieldsOf(model).filter(({ field }) => factOf(correction, field) !== undefined)
  return (
    <section aria-label="Facts">
      <div className="mb-1 flex flex-wrap items-center gap-x-1">
        <h3 className="mr-auto text-sm">Facts</h3>
        {yours.length > 1 && (
          <Button look="quiet" className="px-2" onClick={() => remove(yours)}>
            Remove my corrections
          </Button>
        )}
        <Button
          ref={button}
          look="quiet"
          className="-mr-2 px-2"
          icon={Pencil}
          onPointerEnter={() => void load()}
          onFocus={() => void load()}
          onClick={() => setIsOpen(true)}
        >
          Set right
        </Button>
      </div>
      {line}
      <dl>
        {fields.map((fact) => {
          const { title, field, form } = fact
          const value = factWords(form, factOf(model, field))
          return (
            <div
              key={field}
              className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5 last:border-b-0 min-[26rem]:grid-cols-[9rem_minmax(0,1fr)_auto]"
            >
              <dt className="text-ink-muted">{title}</dt>
              <dd className="tabular-nums [overflow-wrap:anywhere]">
                {value === undefined ? <Unknown /> : visible(value)}
              </dd>
              {value !== undefined && (
                <dd className="text-ink-muted text-xs leading-5 max-[26rem]:col-start-2">
                  {sourceInWords(model, field, providerName)}
                </dd>
              )}
              {isYours(model, field) && (
                <Otherwise
                  title={title}
                  words={data && saidOtherwise(fact, model, data.differs, providerName)}
                  onRemove={() => remove([fact])}
                />
              )}
            </div>
          )
        })}
      </dl>
      <Suspense>
        {isOpen && (
          <CorrectionDialog
            model={model}
            facts={correction}
            providerName={providerName}
            onClose={() => setIsOpen(false)}
          />
        )}
      </Suspense>
    </section>
  )
}

/** What somebody else says of a fact that is the reader's own. */
function Otherwise({
  title,
  words,
  onRemove,
}: {
  title: FactField['title']
  words: string | undefined
  onRemove: () => void
}) {
  return (
    <dd className="flex items-baseline justify-between gap-3 text-ink-muted text-xs leading-5 max-[26rem]:col-start-2 min-[26rem]:col-span-2 min-[26rem]:col-start-2">
      <span className="min-w-0 tabular-nums [overflow-wrap:anywhere]">{words && visible(words)}</span>
      <button
        type="button"
        aria-label={`Remove my correction: ${title}`}
        className="relative min-h-6 shrink-0 rounded-sm text-accent underline underline-offset-2 pointer-coarse:after:absolute pointer-coarse:after:-inset-y-2 pointer-coarse:after:inset-x-0"
        onClick={onRemove}
      >
        Remove
      </button>
    </dd>
  )
}

/** Of being deprecated one line: since when, or at least that it is so. */
function isShown(model: Model, field: string): boolean {
  if (field === 'deprecated_at') return model.deprecated_at !== undefined
  return field !== 'deprecated' || model.deprecated_at === undefined || isYours(model, field)
}

function sourceInWords(model: Model, field: string, providerName: string): string {
  const source = sourceOf(model, field)
  return !source && field === 'kind' ? '' : sourceWords(source, providerName)
}
