import { usd } from '@rollcall/core/figures'
import type { Model } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { modelQuery } from '../api/resources.ts'
import { InertText } from '../ui/inert-text.tsx'

/** Which of the reader's other providers serve the same model, as somebody says, and for how much. */
export function SameModels({ model, onOpen }: { model: Model; onOpen: (id: string) => void }) {
  const { data, isError } = useQuery(modelQuery(model.id))
  if (!data && !isError) return null
  return (
    <section aria-label="Through your other providers">
      <h3 className="mb-1 text-sm">Through your other providers</h3>
      {data ? <Offers models={data.same} onOpen={onOpen} /> : <Note>That could not be looked up.</Note>}
    </section>
  )
}

function Offers({ models, onOpen }: { models: readonly Model[]; onOpen: (id: string) => void }) {
  if (models.length === 0) return <Note>None of them is known to serve it.</Note>
  return (
    <ul>
      {models.map(({ id, pricing }) => (
        <li
          key={id}
          className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 border-line border-b py-1.5 last:border-b-0"
        >
          <button
            type="button"
            onClick={() => onOpen(id)}
            className="text-left font-mono text-accent text-xs leading-5 underline underline-offset-2 [overflow-wrap:anywhere] pointer-coarse:min-h-10"
          >
            <InertText>{id}</InertText>
          </button>
          <span className="text-xs leading-5 tabular-nums">
            {usd(pricing?.input)} in · {usd(pricing?.output)} out
          </span>
        </li>
      ))}
    </ul>
  )
}

function Note({ children }: { children: string }) {
  return <p className="text-ink-muted text-xs leading-5">{children}</p>
}
