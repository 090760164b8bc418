import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { IconButton } from './button.tsx'
import { classNames } from './class-names.ts'
import { Field, INPUT } from './field.tsx'

type SecretFieldProps = Omit<ComponentProps<'input'>, 'id' | 'type'> & {
  label: string
  hint?: ReactNode
  error?: string | undefined
}

/** A field whose text is covered until its owner wants to see it. */
export function SecretField({ label, hint, error, className, ...rest }: SecretFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <span className="relative block">
          <input
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            {...rest}
            {...control}
            type={isShown ? 'text' : 'password'}
            className={classNames(INPUT, 'h-9 pr-11 pointer-coarse:h-11', isShown && 'font-mono', className)}
          />
          <IconButton
            icon={isShown ? EyeOff : Eye}
            label={isShown ? 'Hide what was typed' : 'Show what was typed'}
            className="absolute inset-y-0 right-0.5 my-auto"
            onClick={() => setIsShown(!isShown)}
          />
        </span>
      )}
    </Field>
  )
}
