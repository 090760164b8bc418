const ROWS = 14

/** The table as long as nothing of it is known. */
export function ModelTableSkeleton({ isPhone }: { isPhone: boolean }) {
  return (
    <div role="status" className="rounded-lg border border-line bg-surface">
      <span className="sr-only">Loading models…</span>
      {!isPhone && <div className="h-9 border-line border-b" />}
      {Array.from({ length: ROWS }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
          key={row}
          className={`flex items-center gap-3 border-line border-b px-3 ${isPhone ? 'h-14' : 'h-9'}`}
        >
          <div className="skeleton h-4 w-2/5" />
          <div className="skeleton ml-auto h-4 w-1/4" />
        </div>
      ))}
    </div>
  )
}
