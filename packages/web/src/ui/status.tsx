import { Ban, Circle, CircleAlert, CircleCheck, Clock, LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'waiting' | 'none'

const TONES: Record<Tone, { icon: LucideIcon; ink: string }> = {
  ok: { icon: CircleCheck, ink: 'text-ok' },
  warn: { icon: CircleAlert, ink: 'text-warn' },
  waiting: { icon: Clock, ink: 'text-warn' },
  bad: { icon: Ban, ink: 'text-bad' },
  busy: { icon: LoaderCircle, ink: 'text-ink-muted' },
  none: { icon: Circle, ink: 'text-ink-faint' },
}

/** A state by icon, word and colour: never by colour alone. */
export function Status({
  tone,
  children,
  className,
}: {
  tone: Tone
  children: ReactNode
  className?: string
}) {
  const { icon: Icon, ink } = TONES[tone]
  return (
    <span className={classNames('inline-flex min-w-0 max-w-full items-center gap-1.5', ink, className)}>
      <Icon aria-hidden size={14} className={classNames('shrink-0', tone === 'busy' && 'animate-spin')} />
      <span className="min-w-0 truncate tabular-nums">{children}</span>
    </span>
  )
}
