import type { ModelMark, ProviderInfo } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import { Link } from 'wouter'
import { CopyButton } from '../ui/copy-button.tsx'
import { Sheet } from '../ui/dialog.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { endSentence } from './end-sentence.ts'
import type { ListedKey } from './listed-keys.ts'
import { todayInUtc } from './model-end.ts'
import { ModelFacts } from './model-facts.tsx'
import { ModelListState } from './model-list-state.tsx'
import { ModelSheetActions } from './model-sheet-actions.tsx'
import { OtherModels } from './other-models.tsx'
import { SameModels } from './same-models.tsx'
import { SnippetChoice } from './snippet-choice.tsx'
import { snippetsOf } from './snippets.ts'
import { whyUnlisted } from './why-unlisted.ts'

const RUNNABLE = ['chat', 'completion', 'unknown']

/** All that is known of one model, and what can be done with it. */
export function ModelSheet({
  id,
  index,
  marks,
  keys,
  providers,
  onOpen,
  onClose,
}: {
  id: string
  index: ModelIndex
  marks: readonly ModelMark[]
  keys: readonly ListedKey[]
  providers: readonly ProviderInfo[]
  onOpen: (id: string) => void
  onClose: () => void
}) {
  const listed = index.byId.get(id)
  const ownKeys = keys.filter(({ provider_key }) => id.startsWith(`${provider_key}/`))
  if (!listed) {
    return (
      <Sheet title="Model" onClose={onClose}>
        <div className="flex flex-col gap-4">
          <ModelIdLine id={id} />
          <Notice>
            {whyUnlisted(id, keys, providers)?.sentence ??
              'Not in any list so far: its provider is still being asked.'}
          </Notice>
          <ModelListState keys={ownKeys} />
        </div>
      </Sheet>
    )
  }
  const { model, provider } = listed
  const end = endSentence(model, todayInUtc())
  const info = providers.find(({ provider_key }) => provider_key === provider.provider_key)
  return (
    <Sheet title={visible(model.name)} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-col gap-2">
          <div className="flex items-center gap-2">
            <ModelIdLine id={id} />
            {RUNNABLE.includes(model.kind ?? 'unknown') && (
              <Link
                href={`/new-run?model=${encodeURIComponent(id)}`}
                className="inline-flex h-8 shrink-0 items-center rounded-md bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover pointer-coarse:h-10"
              >
                Run
              </Link>
            )}
          </div>
          <ModelSheetActions id={id} index={index} marks={marks} />
          {model.description !== undefined && (
            <InertText className="line-clamp-6 text-ink-muted">{model.description}</InertText>
          )}
        </div>
        {end && <Notice tone="warn">{end}</Notice>}
        <OtherModels model={model} index={index} onOpen={onOpen} />
        <SameModels model={model} onOpen={onOpen} />
        <ModelFacts
          key={`facts of ${id}`}
          model={model}
          correction={marks.find((mark) => mark.id === id)?.correction?.facts}
          providerName={provider.name}
        />
        <SnippetChoice
          key={id}
          snippets={snippetsOf(model)}
          note={
            info?.has_own_base
              ? `This server asks another address for ${provider.name} than its own: put that in place of the one here.`
              : null
          }
        />
        <ModelListState keys={ownKeys} />
      </div>
    </Sheet>
  )
}

function ModelIdLine({ id }: { id: string }) {
  return (
    <div className="flex min-w-0 grow items-center gap-1">
      <InertText className="min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{id}</InertText>
      <CopyButton text={id} label="Copy id" />
    </div>
  )
}
