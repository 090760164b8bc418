import { Age } from '../ui/age.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { Status } from '../ui/status.tsx'
import type { ListedKey } from './listed-keys.ts'

/** How true the lists are that a model may be in: one line per key of its provider. */
export function ModelListState({ keys }: { keys: readonly ListedKey[] }) {
  if (keys.length === 0) return null
  return (
    <section aria-label="Its list" className="flex flex-col gap-2">
      <h3 className="text-sm">Its list</h3>
      <ul className="flex flex-col gap-2">
        {keys.map(({ name, label, state }) => (
          <li key={label} className="flex flex-col gap-0.5">
            <span className="flex flex-wrap items-center gap-x-3">
              <span>
                {name}
                {label !== null && (
                  <>
                    {' · '}
                    <InertText>{label}</InertText>
                  </>
                )}
              </span>
              <Status tone={state.tone}>{state.words}</Status>
              {state.status?.fetched_at && (
                <Age moment={state.status.fetched_at} className="text-ink-muted" />
              )}
            </span>
            {state.sentence && (
              <span className="text-ink-muted">
                <SentenceWithLinks>{state.sentence}</SentenceWithLinks>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
