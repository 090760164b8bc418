import type { ModelMark } from '@rollcall/core/schema'
import type { ModelIndex } from '@rollcall/core/select-models'
import { Columns3, Eye, EyeOff, Star } from 'lucide-react'
import { Link } from 'wouter'
import { Button } from '../ui/button.tsx'
import { classNames } from '../ui/class-names.ts'
import { compareAddress } from './compare-address.ts'
import { useModelActs } from './use-model-acts.ts'

/** What can be noted on a model, and the way to its comparison. */
export function ModelSheetActions({
  id,
  index,
  marks,
}: {
  id: string
  index: ModelIndex
  marks: readonly ModelMark[]
}) {
  const act = useModelActs({ marks, index })
  const mark = marks.find((one) => one.id === id)
  const isFavourite = mark?.is_favourite ?? false
  return (
    <div className="-ml-2 flex flex-wrap items-center gap-1">
      <Button look="quiet" className="px-2" aria-pressed={isFavourite} onClick={() => act('favourite', id)}>
        <Star aria-hidden size={15} className={classNames(isFavourite && 'fill-current text-accent')} />
        Favourite
      </Button>
      <Button
        look="quiet"
        className="px-2"
        icon={mark?.is_hidden ? Eye : EyeOff}
        onClick={() => act('hide', id)}
      >
        {mark?.is_hidden ? 'Show again' : 'Hide'}
      </Button>
      <Link
        href={compareAddress([id])}
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 font-medium text-ink-muted hover:bg-hover hover:text-ink pointer-coarse:h-10"
      >
        <Columns3 aria-hidden size={15} />
        Compare
      </Link>
    </div>
  )
}
