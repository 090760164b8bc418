import { ModelTableSkeleton } from './model-table-skeleton.tsx'
import { useIsPhone } from './use-is-phone.ts'

const CELLS = 5

/** The page as long as it is not even known which keys there are. */
export function CatalogueSkeleton() {
  const isPhone = useIsPhone()
  return (
    <>
      <div aria-hidden className="flex gap-2 overflow-hidden">
        {Array.from({ length: CELLS }, (_, cell) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          <div key={cell} className="skeleton h-13 min-w-46 flex-1" />
        ))}
      </div>
      <div aria-hidden className="skeleton h-9 max-w-md" />
      <ModelTableSkeleton isPhone={isPhone} />
    </>
  )
}
