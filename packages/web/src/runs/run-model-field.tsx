import { createModelIndex, isDeprecated } from '@rollcall/core/select-models'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { availableModelsQuery } from '../models/available-models.ts'
import { CustomModelField } from '../models/custom-model-field.tsx'
import { type ModelChoice, ModelPicker } from '../models/model-picker.tsx'
import { PickerAbout } from '../models/model-picker-about.tsx'
import { IconButton } from '../ui/button.tsx'
import { chosenModel } from './chosen-model.ts'

const loadNotices = () => import('./model-notice.tsx')
const RetirementNotice = lazy(async () => ({ default: (await loadNotices()).RetirementNotice }))
const UnlistedNotice = lazy(async () => ({ default: (await loadNotices()).UnlistedNotice }))

/** One model of the run: chosen from the lists, or typed. */
export function RunModelField({
  label,
  choice,
  recent,
  isLoading,
  isMeant,
  problem,
  onChoose,
  onRemove,
}: {
  label: string
  choice: ModelChoice
  recent: readonly string[]
  isLoading: boolean
  /** It was tried to run. */
  isMeant: boolean
  problem: string | undefined
  onChoose: (choice: ModelChoice) => void
  /** Undefined: it is the only one. */
  onRemove: (() => void) | undefined
}) {
  const { data: known, isError } = useQuery(availableModelsQuery)
  const chosen = chosenModel(choice, known)
  const customField = useRef<HTMLInputElement>(null)
  const wantsFocus = useRef(false)
  const isUnreachable = isError && !known
  const isCustom = chosen.kind === 'custom' || chosen.kind === 'unlisted'
  const hasCustomField = isCustom || (chosen.kind === 'none' && isUnreachable)
  const listed = chosen.kind === 'listed' ? chosen : undefined
  const error = isMeant && !hasCustomField ? problem : undefined
  useEffect(() => {
    // whoever has chosen "Custom Model" goes on typing; the field is only there now
    if (wantsFocus.current) customField.current?.focus()
    wantsFocus.current = false
  })
  return (
    <div className="flex flex-col gap-2">
      <ModelPicker
        label={label}
        choice={isCustom ? { id: choice.id, isCustom: true } : choice}
        placeholder={placeholderOf(isLoading, isUnreachable, known?.providers)}
        recent={recent}
        isInvalid={error !== undefined}
        about={<PickerAbout error={error} model={listed?.model} providerName={listed?.providerName} />}
        action={onRemove && <RemoveButton label={label} onClick={onRemove} />}
        onChoose={(next) => {
          wantsFocus.current = next.isCustom
          onChoose({ ...next })
        }}
      />
      {hasCustomField && (
        <CustomModelField
          ref={customField}
          id={choice.id}
          isMeant={isMeant}
          onChange={(id) => onChoose({ id, isCustom: true })}
        />
      )}
      <Suspense>
        {chosen.kind === 'unlisted' && <UnlistedNotice id={choice.id} known={known} />}
        {listed && isDeprecated(listed.model) && (
          <RetirementNotice
            model={listed.model}
            offered={createModelIndex(known?.providers ?? []).byId}
            onReplace={(id) => onChoose({ id, isCustom: false })}
          />
        )}
      </Suspense>
    </div>
  )
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <IconButton icon={X} label={`Remove ${label}`} onClick={onClick} className="-my-1.5 -mr-1" />
}

function placeholderOf(isLoading: boolean, isUnreachable: boolean, offers: readonly unknown[] = []): string {
  if (isLoading) return 'Loading models…'
  // the custom one is always there
  return isUnreachable || offers.length <= 1 ? 'No models available' : 'Choose a model'
}
