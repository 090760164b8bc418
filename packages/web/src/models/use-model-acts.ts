import type { ModelMark } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import { showToast } from '../ui/toasts.tsx'
import { useMark } from './marks.ts'

/** Stars a model, or hides it, or takes that back; what vanishes can be brought back. */
export function useModelActs({
  marks,
  index,
}: {
  marks: readonly ModelMark[]
  index: ModelIndex
}): (act: 'favourite' | 'hide', id: string) => void {
  const mark = useMark()
  return (act, id) => {
    const before = marks.find((one) => one.id === id)
    if (act === 'favourite') {
      mark({ id, is_favourite: !before?.is_favourite })
      return
    }
    const is_hidden = !before?.is_hidden
    const name = visible(index.byId.get(id)?.model.name ?? id)
    mark({ id, is_hidden })
    showToast({
      text: is_hidden ? `${name} is hidden: the filter “Hidden” shows it.` : `${name} is shown again.`,
      action: { label: 'Undo', onAct: () => mark({ id, is_hidden: !is_hidden }) },
    })
  }
}
