import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import { useLocation, useSearchParams } from 'wouter'
import { sentenceOf } from '../api/query-client.ts'
import { changeDraft, draftFor } from '../runs/draft-store.ts'
import { NewRunForm } from '../runs/new-run-form.tsx'
import { draftOf, isEmptyDraft, type RunDraft, withModel } from '../runs/run-draft.ts'
import { runQuery } from '../runs/run-queries.ts'
import { useUser } from '../session/this-session.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { showToast } from '../ui/toasts.tsx'

/** `?model=` chooses a model, `?again=` fills in a run that was; both: that run, with this model alone. */
export function NewRunPage() {
  const [search] = useSearchParams()
  const again = search.get('again')
  const model = search.get('model')
  const failure = usePrefilled(model, again)
  return (
    <Page title="New run">
      {failure && <Notice tone="warn">{failure}</Notice>}
      <NewRunForm />
    </Page>
  )
}

/** Fills in what the address asks for, once. Returns why that failed. */
function usePrefilled(model: string | null, again: string | null): string | undefined {
  const { id: userId } = useUser()
  const [, navigate] = useLocation()
  const { data: run, error } = useQuery({ ...runQuery(again ?? ''), enabled: again !== null })
  const fill = useEffectEvent((draft: RunDraft) => {
    const before = draftFor(userId)
    changeDraft(userId, () => draft)
    navigate('/new-run', { replace: true })
    if (again === null || isEmptyDraft(before)) return
    showToast({
      text: 'What you had written here gave way to the run.',
      action: { label: 'Bring it back', onAct: () => changeDraft(userId, () => before) },
    })
  })
  const chooseFirst = useEffectEvent((id: string) => {
    const before = draftFor(userId)
    fill(withModel(before, before.models[0]?.slot ?? 0, { id, isCustom: false }))
  })
  useEffect(() => {
    if (again !== null && run) fill(draftOf(model === null ? run : { ...run, models: [model] }))
    else if (again === null && model !== null) chooseFirst(model)
  }, [again, run, model])
  return error ? `The run could not be filled in. ${sentenceOf(error)}` : undefined
}
