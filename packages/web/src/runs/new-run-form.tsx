import { RUN_LIMITS } from '@rollcall/core/schema'
import { useQuery } from '@tanstack/react-query'
import { Play, Plus } from 'lucide-react'
import { type RefObject, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link } from 'wouter'
import { availableModelsQuery } from '../models/available-models.ts'
import type { KnownModels } from '../models/known-models.ts'
import { useUser } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { isMac, useShortcut } from '../ui/shortcuts.ts'
import { problemsOf } from './draft-problems.ts'
import { changeDraft, useDraft } from './draft-store.ts'
import { useRecentModels } from './recent-models.ts'
import { type RunDraft, withAnotherModel, withModel, withoutModel } from './run-draft.ts'
import { RunModelField } from './run-model-field.tsx'
import { RunParameterFields } from './run-parameter-fields.tsx'
import { SystemPromptField } from './system-prompt-field.tsx'
import { useHandIn } from './use-hand-in.ts'

/** Writes a run and hands it in. All that is typed is kept until then. */
export function NewRunForm() {
  const { id: userId } = useUser()
  const draft = useDraft(userId)
  const recent = useRecentModels(userId)
  const form = useRef<HTMLFormElement>(null)
  const { isLoading } = useModelsState()
  const [isMeant, setIsMeant] = useState(false)
  const problems = problemsOf(draft)
  const { isPending, problem, handIn } = useHandIn(userId)
  const change = (change: (draft: RunDraft) => RunDraft) => changeDraft(userId, change)
  const canChoose = !isLoading || draft.models.some(({ id }) => id !== '')

  const submit = () => {
    if (isPending || !canChoose) return
    if (problems.isReady) void handIn(draft)
    else {
      // the field in question may only now be there
      flushSync(() => setIsMeant(true))
      focusFirstProblem(form)
    }
  }
  useShortcut('mod+enter', 'Run', submit)
  const addModel = () => {
    flushSync(() => {
      setIsMeant(false)
      change(withAnotherModel)
    })
    focusModel(form, draft.models.length)
  }
  const removeModel = (slot: number, index: number) => {
    flushSync(() => change((now) => withoutModel(now, slot)))
    focusModel(form, Math.max(index - 1, 0))
  }

  return (
    <form
      ref={form}
      noValidate
      className="flex max-w-3xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <div className="flex flex-col items-start gap-3 *:w-full">
        {draft.models.map(({ slot, ...choice }, index) => (
          <RunModelField
            key={slot}
            label={index === 0 ? 'Model' : `Model ${index + 1}`}
            choice={choice}
            recent={recent}
            isLoading={isLoading}
            isMeant={isMeant}
            problem={problems.models.get(slot)}
            onChoose={(next) => change((now) => withModel(now, slot, next))}
            onRemove={draft.models.length > 1 ? () => removeModel(slot, index) : undefined}
          />
        ))}
        {draft.models.length < RUN_LIMITS.models && (
          <div>
            <Button icon={Plus} look="quiet" className="-ml-3" onClick={addModel}>
              Add another model
            </Button>
          </div>
        )}
      </div>
      <SystemPromptField
        text={draft.systemPrompt}
        problem={problems.systemPrompt}
        onChange={(systemPrompt) => change((now) => ({ ...now, systemPrompt }))}
      />
      <TextArea
        label="Prompt"
        value={draft.prompt}
        error={isMeant || draft.prompt.length > RUN_LIMITS.promptChars ? problems.prompt : undefined}
        rows={8}
        onChange={({ target }) => change((now) => ({ ...now, prompt: target.value }))}
      />
      <RunParameterFields
        typed={draft.parameters}
        isMeant={isMeant}
        onChange={(name, text) =>
          change((now) => ({ ...now, parameters: { ...now.parameters, [name]: text } }))
        }
      />
      {problem && (
        <Notice
          tone="bad"
          action={
            problem.isTooMany && (
              <Link href="/runs?status=running" className="font-medium underline underline-offset-2">
                Show what is running
              </Link>
            )
          }
        >
          {problem.sentence}
        </Notice>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" icon={Play} isBusy={isPending} disabled={!canChoose}>
          Run
        </Button>
        <span className="text-ink-muted text-xs pointer-coarse:hidden">
          {isMac ? '⌘ Enter' : 'Ctrl Enter'}
        </span>
      </div>
    </form>
  )
}

/** Whether models are on their way and none has come yet. */
function useModelsState(): { isLoading: boolean } {
  const { data: known, isError } = useQuery(availableModelsQuery)
  return { isLoading: known ? isWaitingForTheFirst(known) : !isError }
}

function isWaitingForTheFirst({ providers, streams, asking }: KnownModels): boolean {
  const offersAny = providers.some(({ provider_key }) => provider_key !== 'custom')
  return !offersAny && (streams > 0 || asking.size > 0)
}

function focusModel(form: RefObject<HTMLFormElement | null>, index: number): void {
  form.current?.querySelectorAll<HTMLElement>('[role="combobox"]')[index]?.focus()
}

function focusFirstProblem(form: RefObject<HTMLFormElement | null>): void {
  form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
}
