import { Card } from './page.tsx'

/** Rows that are not there yet, as high as they will be. */
export function SkeletonRows({ count, label }: { count: number; label: string }) {
  return (
    <Card>
      <div role="status" aria-label={label} className="divide-y divide-line">
        {Array.from({ length: count }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          <div key={index} className="flex h-16 items-center gap-3 px-3">
            <div className="skeleton size-6" />
            <div className="skeleton h-4 w-24" />
            <div className="skeleton ml-auto h-4 w-32" />
          </div>
        ))}
      </div>
    </Card>
  )
}
