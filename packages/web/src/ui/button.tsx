import { LoaderCircle, type LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  secondary: 'border border-line-strong/60 bg-surface hover:bg-hover',
  quiet: 'text-ink-muted hover:bg-hover hover:text-ink',
  danger: 'border border-line-strong/60 bg-surface text-bad hover:bg-bad-soft',
}
const BASE =
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 rounded-md font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-progress pointer-coarse:min-h-10'

type Common = Omit<ComponentProps<'button'>, 'children'> & {
  look?: keyof typeof LOOKS
  icon?: LucideIcon
  /** Work is under way: it cannot be pressed again. It keeps the focus, which a disabled one would lose. */
  isBusy?: boolean
}

/** Also a form is not submitted by it meanwhile. */
function busy(isBusy: boolean): ComponentProps<'button'> {
  return isBusy
    ? { 'aria-disabled': true, 'aria-busy': true, onClick: (event) => event.preventDefault() }
    : {}
}

/** A button with words. */
export function Button({
  look = 'secondary',
  icon: Icon,
  isBusy = false,
  children,
  className,
  ...rest
}: Common & { children: React.ReactNode }) {
  return (
    <button
      type="button"
      className={classNames(BASE, LOOKS[look], 'h-8 px-3', className)}
      {...rest}
      {...busy(isBusy)}
    >
      {isBusy ? <Spinner /> : Icon && <Icon aria-hidden size={15} />}
      {children}
    </button>
  )
}

/** A button that shows an icon alone: its label is read out, and shown when it is pointed at. */
export function IconButton({
  look = 'quiet',
  icon: Icon,
  label,
  isBusy = false,
  className,
  ...rest
}: Common & { icon: LucideIcon; label: string }) {
  return (
    <button
      type="button"
      className={classNames(BASE, LOOKS[look], 'size-8 pointer-coarse:min-w-10', className)}
      aria-label={label}
      data-tooltip={label}
      {...rest}
      {...busy(isBusy)}
    >
      {isBusy ? <Spinner /> : <Icon aria-hidden size={16} />}
    </button>
  )
}

export function Spinner({ size = 15 }: { size?: number }) {
  return <LoaderCircle aria-hidden size={size} className="animate-spin" />
}
