import type { ModelMark } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Button } from '../ui/button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { SentenceWithLinks } from '../ui/sentence-with-links.tsx'
import { Status } from '../ui/status.tsx'
import type { ListedKey } from './listed-keys.ts'
import { type ModelView, NO_FILTER } from './model-view.ts'
import { RetryActions } from './retry-actions.tsx'
import { type NamedProvider, whyMissing } from './why-missing.ts'

/** In place of the rows: why what is looked for is not there, and what to do about each reason. */
export function NoMatch({
  view,
  marks,
  hasFilters,
  index,
  keys,
  providers,
  onChange,
  onRetry,
}: {
  view: ModelView
  marks: readonly ModelMark[]
  hasFilters: boolean
  index: ModelIndex
  keys: readonly ListedKey[]
  /** All that keys can be stored for. */
  providers: readonly NamedProvider[]
  onChange: (part: Partial<ModelView>) => void
  onRetry: (provider: string) => void
}) {
  const why = whyMissing({ index, view, marks, keys, providers })
  const { hiddenByFilters, hiddenByYou, asking, failed, withoutKey, withoutIt, similar } = why
  const search = visible((view.search ?? '').trim())
  const quoted = search === '' ? '' : ` “${search}”`
  return (
    <section
      aria-label="No model fits"
      className="flex flex-col gap-3 rounded-lg border border-line border-dashed px-4 py-6"
    >
      <h2 className="text-base [overflow-wrap:anywhere]">
        {search === '' ? (
          hasFilters ? (
            'No model fits your filters'
          ) : (
            'No models'
          )
        ) : (
          <>
            No model matches <bdi>“{search}”</bdi>
          </>
        )}
      </h2>
      <ul className="flex max-w-prose flex-col gap-3">
        {hiddenByFilters > 0 && (
          <Reason
            action={
              <Button look="primary" onClick={() => onChange(NO_FILTER)}>
                Clear filters
              </Button>
            }
          >
            {hiddenByFilters.toLocaleString('en')} {hiddenByFilters === 1 ? 'model' : 'models'}
            {search === '' ? (
              ' are there without them.'
            ) : (
              <>
                {' '}
                {hiddenByFilters === 1 ? 'matches' : 'match'} <bdi>{quoted.trim()}</bdi> but not your filters.
              </>
            )}
          </Reason>
        )}
        {hiddenByYou > 0 && (
          <Reason action={<Button onClick={() => onChange({ hidden: true })}>Show hidden</Button>}>
            {hiddenByYou.toLocaleString('en')} {hiddenByYou === 1 ? 'model fits' : 'models fit'} and{' '}
            {hiddenByYou === 1 ? 'is' : 'are'} hidden by you.
          </Reason>
        )}
        {similar.length > 0 && (
          <Reason>
            Did you mean{' '}
            {similar.map((id) => (
              <button
                key={id}
                type="button"
                onClick={() => onChange({ search: id })}
                className="mr-1.5 mb-1 inline-block max-w-full truncate rounded-sm border border-line bg-surface px-1.5 py-0.5 align-middle font-mono text-xs hover:bg-hover pointer-coarse:py-2.5"
              >
                <InertText>{id}</InertText>
              </button>
            ))}
          </Reason>
        )}
        {asking.length > 0 && (
          <Reason>
            <Status tone="busy">Still being asked: {names(asking)}.</Status>
          </Reason>
        )}
        {failed.map((key) => (
          <Reason
            key={`${key.provider_key} ${key.label}`}
            action={<RetryActions listed={key} onRetry={() => onRetry(key.provider_key)} />}
          >
            <Status tone={key.state.tone} className="flex">
              {key.name}: {key.state.words}
            </Status>
            {key.state.sentence && (
              <p className="text-ink-muted">
                <SentenceWithLinks>{key.state.sentence}</SentenceWithLinks>
              </p>
            )}
          </Reason>
        ))}
        {withoutKey.length > 0 && (
          <Reason>
            No key, so not asked:{' '}
            {withoutKey.map(({ provider_key, name }, index) => (
              <span key={provider_key}>
                {index > 0 && ', '}
                <Link
                  href={`/settings/keys?add=${provider_key}`}
                  aria-label={`Add ${name} key`}
                  className="text-accent underline underline-offset-2"
                >
                  {name}
                </Link>
              </span>
            ))}
            .
          </Reason>
        )}
        {withoutIt.length > 0 && search !== '' && (
          <Reason>
            <span className="text-ink-muted">
              {withoutIt.map(({ name, count }) => `${name} (${count.toLocaleString('en')})`).join(', ')}{' '}
              {withoutIt.length === 1 ? 'lists' : 'list'} nothing like it.
            </span>
          </Reason>
        )}
      </ul>
    </section>
  )
}

function Reason({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="min-w-0 flex-1 basis-60 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </li>
  )
}

function names(keys: readonly { name: string }[]): string {
  return [...new Set(keys.map(({ name }) => name))].join(', ')
}
