import { Modality } from '@rollcall/core/schema'
import { isSortKey, KINDS, SORT_KEYS, usualSort } from '@rollcall/core/select-models'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Choices, DateChoice, NumberChoice, SelectChoice } from './filter-controls.tsx'
import { MODEL_COLUMNS } from './model-columns.tsx'
import { CAPABILITIES, type ModelView, NO_FILTER } from './model-view.ts'

const OUTPUTS = [4_000, 8_000, 16_000, 32_000, 64_000, 128_000]
const CONTEXTS = [8_000, 32_000, 128_000, 200_000, 400_000, 1_000_000]

/** Every filter there is; each holds as soon as it is set. */
export function FilterDialog({
  view,
  providers,
  count,
  onChange,
  onClose,
}: {
  view: ModelView
  providers: readonly { provider_key: string; name: string }[]
  /** "412 of 1,498 models" */
  count: string
  onChange: (part: Partial<ModelView>) => void
  onClose: () => void
}) {
  return (
    <Dialog title="Filters" onClose={onClose}>
      <div className="flex flex-col gap-5">
        <div className="sm:hidden">
          <SortChoice view={view} onChange={onChange} />
        </div>
        <Choices
          title="Providers"
          options={providers.map(({ provider_key, name }) => ({ value: provider_key, words: name }))}
          chosen={view.providers}
          onChange={(chosen) => onChange({ providers: chosen })}
        />
        <Choices
          title="Can"
          options={CAPABILITIES.map(({ capability, words }) => ({ value: capability, words }))}
          chosen={view.capabilities}
          onChange={(chosen) => onChange({ capabilities: chosen })}
        />
        <Choices
          title="Kind"
          options={KINDS.map((kind) => ({ value: kind, words: kind }))}
          chosen={view.kinds}
          onChange={(chosen) => onChange({ kinds: chosen })}
        />
        <div className="grid grid-cols-1 gap-3 min-[26rem]:grid-cols-2">
          <NumberChoice
            label="Input price at most"
            unit="USD per million tokens"
            value={view.mostInputPrice}
            onChange={(value) => onChange({ mostInputPrice: value })}
          />
          <NumberChoice
            label="Output price at most"
            unit="USD per million tokens"
            value={view.mostOutputPrice}
            onChange={(value) => onChange({ mostOutputPrice: value })}
          />
          <SelectChoice
            label="Context window at least"
            value={String(view.leastContext ?? '')}
            options={[['', 'Any'], ...tokenOptions(CONTEXTS, view.leastContext)]}
            onChange={(value) => onChange({ leastContext: value === '' ? undefined : Number(value) })}
          />
          <SelectChoice
            label="Max output at least"
            value={String(view.leastOutput ?? '')}
            options={[['', 'Any'], ...tokenOptions(OUTPUTS, view.leastOutput)]}
            onChange={(value) => onChange({ leastOutput: value === '' ? undefined : Number(value) })}
          />
          <DateChoice
            label="Released since"
            value={view.releasedSince}
            onChange={(value) => onChange({ releasedSince: value })}
          />
          <SelectChoice
            label="Deprecated"
            value={view.deprecated ?? ''}
            options={[
              ['', 'Show'],
              ['hide', 'Hide'],
              ['only', 'Show only these'],
            ]}
            onChange={(value) =>
              onChange({ deprecated: value === 'hide' || value === 'only' ? value : undefined })
            }
          />
          <Choices
            title="Yours"
            options={[
              { value: 'favourite', words: 'Favourites' },
              { value: 'hidden', words: 'Hidden' },
            ]}
            chosen={[...(view.favourite ? ['favourite'] : []), ...(view.hidden ? ['hidden'] : [])]}
            onChange={(chosen) =>
              onChange({
                favourite: chosen?.includes('favourite') || undefined,
                hidden: chosen?.includes('hidden') || undefined,
              })
            }
          />
          <Choices
            title="Price"
            options={[{ value: 'free', words: 'Free of charge' }]}
            chosen={view.isFree ? ['free'] : undefined}
            onChange={(chosen) => onChange({ isFree: chosen ? true : undefined })}
          />
        </div>
        <Choices
          title="Takes"
          options={Modality.options.map((name) => ({ value: name, words: name }))}
          chosen={view.input}
          onChange={(chosen) => onChange({ input: chosen })}
        />
        <Choices
          title="Gives"
          options={Modality.options.map((name) => ({ value: name, words: name }))}
          chosen={view.output}
          onChange={(chosen) => onChange({ output: chosen })}
        />
        <p className="text-ink-muted text-xs">
          A model of which a price, a window, a date or an ability is not known does not pass a filter that
          asks for it.
        </p>
        <div className="-mx-4 -mb-4 sticky -bottom-4 flex flex-wrap items-center justify-end gap-2 border-line border-t bg-raised px-4 py-3">
          <p role="status" className="mr-auto tabular-nums max-[26rem]:basis-full">
            {count}
          </p>
          <Button look="quiet" onClick={() => onChange(NO_FILTER)}>
            Clear filters
          </Button>
          <Button look="primary" onClick={onClose}>
            Show them
          </Button>
        </div>
      </div>
    </Dialog>
  )
}

/** Where there are no titles of columns to press. */
function SortChoice({ view, onChange }: { view: ModelView; onChange: (part: Partial<ModelView>) => void }) {
  const titles = new Map(MODEL_COLUMNS.map(({ sort, title }) => [sort, title]))
  const options = SORT_KEYS.flatMap((key): [string, string][] => {
    const title = titles.get(key)
    return title === undefined ? [] : [[key, title]]
  })
  return (
    <SelectChoice
      label="Sort by"
      value={view.sort?.by ?? ''}
      options={[['', 'Best match, else the providers’ order'], ...options]}
      onChange={(value) => onChange({ sort: isSortKey(value) ? usualSort(value) : undefined })}
    />
  )
}

/** With the one from the address, which may be any. */
function tokenOptions(usual: readonly number[], current: number | undefined): [string, string][] {
  return [...new Set([...usual, ...(current === undefined ? [] : [current])])]
    .toSorted((a, b) => a - b)
    .map((tokens) => [String(tokens), `${tokens.toLocaleString('en')} tokens`])
}
