import type { Model } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { InertText } from '../ui/inert-text.tsx'

const MOST_ALIASES = 12

/** Ids that stand for the same model, come before or after it; a link where they are listed. */
export function OtherModels({
  model: { replacement, snapshot_of, aliases = [] },
  index,
  onOpen,
}: {
  model: Model
  index: ModelIndex
  onOpen: (id: string) => void
}) {
  const lines: { title: string; ids: readonly string[] }[] = [
    { title: 'Replaced by', ids: replacement === undefined ? [] : [replacement] },
    { title: 'Snapshot of', ids: snapshot_of === undefined ? [] : [snapshot_of] },
    { title: 'Also called', ids: aliases.slice(0, MOST_ALIASES) },
  ].filter(({ ids }) => ids.length > 0)
  if (lines.length === 0) return null
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-3 gap-y-1.5">
      {lines.map(({ title, ids }) => (
        <div key={title} className="contents">
          <dt className="text-ink-muted">{title}</dt>
          <dd className="flex flex-col items-start gap-1 font-mono text-xs leading-5">
            {ids.map((id) =>
              index.byId.has(id) ? (
                <button
                  key={id}
                  type="button"
                  onClick={() => onOpen(id)}
                  className="text-left text-accent underline underline-offset-2 [overflow-wrap:anywhere] pointer-coarse:min-h-10"
                >
                  <InertText>{id}</InertText>
                </button>
              ) : (
                <InertText key={id} className="[overflow-wrap:anywhere]">
                  {id}
                </InertText>
              ),
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
