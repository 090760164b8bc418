import type { ReactNode } from 'react'
import { ProviderMark } from '../models/provider-mark.tsx'

/** Around all rows: where there is room, they share its columns. */
export const ROWS = '@2xl:grid @2xl:grid-cols-[11rem_9rem_minmax(0,1fr)_auto] @2xl:gap-x-3'
/** High enough for a sentence below, so that the other rows stay where they are when one comes or goes. */
export const ROW =
  'grid min-h-[4.0625rem] grid-cols-[minmax(0,1fr)_auto] content-center items-center gap-x-1 gap-y-1 border-line px-3 py-2 not-first:border-t @2xl:col-span-full @2xl:grid-cols-subgrid @2xl:gap-x-3 @2xl:gap-y-0'
/** Below the name, in line with it; beside it where there is room. */
export const BESIDE_NAME = 'min-w-0 @max-2xl:col-span-full @max-2xl:pl-8'
export const ACTIONS = 'flex justify-end gap-0.5 @max-2xl:-mr-2 @max-2xl:col-start-2 @max-2xl:row-start-1'
export const BELOW = 'col-span-full min-h-4 text-ink-muted text-xs @max-2xl:pl-8 @2xl:col-start-2'

/** Whose row it is. */
export function ProviderName({ name, children }: { name: string; children?: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <ProviderMark name={name} />
      <div className="flex min-w-0 flex-col">
        <span className="truncate font-medium">{name}</span>
        {children}
      </div>
    </div>
  )
}
