import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'
import { Field, INPUT } from './field.tsx'

/** A question with a few answers below each other. */
export function Choices({
  legend,
  error,
  children,
  className = 'flex flex-col gap-2',
}: {
  legend: string
  error?: string | undefined
  children: ReactNode
  className?: string
}) {
  const id = useId()
  return (
    <fieldset aria-describedby={id} className="flex min-w-0 flex-col">
      <legend className="mb-1.5 font-medium">{legend}</legend>
      <div className={className}>{children}</div>
      <p id={id} aria-live="polite" className="mt-1.5 min-h-4 text-bad text-xs">
        {error}
      </p>
    </fieldset>
  )
}

/** One answer, with a line about it; `checkbox` for any number of them, `radio` for one. */
export function Choice({
  label,
  about,
  className,
  ...rest
}: { label: string; about?: string; type: 'checkbox' | 'radio' } & Omit<ComponentProps<'input'>, 'id'>) {
  const id = useId()
  return (
    <div className={classNames('flex items-start gap-2 pointer-coarse:min-h-10', className)}>
      <input id={id} aria-describedby={about && `${id}-about`} className="mt-0.5 size-4 shrink-0" {...rest} />
      <div className="flex min-w-0 grow flex-col">
        <label htmlFor={id} className="cursor-pointer">
          {label}
        </label>
        {about && (
          <p id={`${id}-about`} className="text-ink-muted text-xs">
            {about}
          </p>
        )}
      </div>
    </div>
  )
}

/** One of several, in the browser's own list. */
export function SelectField({
  label,
  hint,
  error,
  className,
  children,
  ...rest
}: { label: string; hint?: ReactNode; error?: string } & Omit<ComponentProps<'select'>, 'id'>) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <select {...rest} {...control} className={classNames(INPUT, 'h-9 pointer-coarse:h-11', className)}>
          {children}
        </select>
      )}
    </Field>
  )
}
