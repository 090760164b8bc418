import { CircleAlert, Info, type LucideIcon, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const LOOKS: Record<'info' | 'warn' | 'bad', { icon: LucideIcon; look: string }> = {
  info: { icon: Info, look: 'bg-hover text-ink' },
  warn: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  bad: { icon: CircleAlert, look: 'bg-bad-soft text-bad' },
}

/** One sentence with its next step, beside what still works. */
export function Notice({
  tone = 'info',
  children,
  action,
}: {
  tone?: keyof typeof LOOKS
  children: ReactNode
  action?: ReactNode
}) {
  const { icon: Icon, look } = LOOKS[tone]
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames('flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md px-3 py-2', look)}
    >
      <Icon aria-hidden size={16} className="shrink-0" />
      <p className="min-w-0 flex-1 basis-60">{children}</p>
      {action}
    </div>
  )
}
