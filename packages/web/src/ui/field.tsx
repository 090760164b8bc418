import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

export const INPUT =
  'w-full rounded-md border border-line-strong bg-surface px-2.5 text-ink disabled:opacity-55 aria-invalid:border-bad pointer-coarse:text-base'

interface Labelled {
  label: string
  /** Below the field, always there. */
  hint?: ReactNode
  /** In place of the hint: what is wrong and what to do. */
  error?: string | undefined
  /** Beside the label, such as "optional". */
  note?: string
}

/** A label, a control and what is said about it, tied together for those who cannot see them. */
export function Field({
  label,
  hint,
  error,
  note,
  children,
}: Labelled & {
  children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {note && <span className="-mt-1 text-ink-muted text-xs">{note}</span>}
      {children({ id, 'aria-describedby': `${id}-about`, 'aria-invalid': error !== undefined })}
      <p
        id={`${id}-about`}
        className={classNames('min-h-4 text-xs', error === undefined ? 'text-ink-muted' : 'text-bad')}
        aria-live="polite"
      >
        {error ?? hint}
      </p>
    </div>
  )
}

export function TextField({
  label,
  hint,
  error,
  note,
  className,
  ...rest
}: Labelled & Omit<ComponentProps<'input'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(note === undefined ? {} : { note })}>
      {(control) => (
        <input {...rest} {...control} className={classNames(INPUT, 'h-9 pointer-coarse:h-11', className)} />
      )}
    </Field>
  )
}

export function TextArea({
  label,
  hint,
  error,
  note,
  className,
  ...rest
}: Labelled & Omit<ComponentProps<'textarea'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error} {...(note === undefined ? {} : { note })}>
      {(control) => (
        <textarea {...rest} {...control} className={classNames(INPUT, 'min-h-24 resize-y py-2', className)} />
      )}
    </Field>
  )
}
