import type { RunParameterName } from '@rollcall/core/schema'
import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '../ui/field.tsx'
import type { RunDraft } from './run-draft.ts'
import { PARAMETERS, problemOfParameter, rangeOf } from './run-parameters.ts'

type Typed = RunDraft['parameters']

/** Folded away: whoever sets nothing gets what each provider thinks best. */
export function RunParameterFields({
  typed,
  isMeant,
  onChange,
}: {
  typed: Typed
  /** It was tried to run: now everything that is wrong is said. */
  isMeant: boolean
  onChange: (name: RunParameterName, text: string) => void
}) {
  const [isUnfolded, setIsUnfolded] = useState(() => setNames(typed).length > 0)
  const [left, setLeft] = useState<readonly RunParameterName[]>([])
  const problems = PARAMETERS.filter((parameter) => problemOfParameter(parameter, typed[parameter.name]))
  const isOpen = isUnfolded || (isMeant && problems.length > 0)
  const names = setNames(typed)
  return (
    <details
      open={isOpen}
      onToggle={({ currentTarget }) => setIsUnfolded(currentTarget.open)}
      className="group"
    >
      <summary className="flex min-h-8 w-fit list-none items-center gap-1.5 rounded-md pr-2 font-medium pointer-coarse:min-h-10">
        <ChevronRight aria-hidden size={15} className="transition-transform group-open:rotate-90" />
        Advanced
        {!isOpen && names.length > 0 && (
          <span className="font-normal text-ink-muted text-xs">{names.join(', ')} set</span>
        )}
      </summary>
      <div className="grid grid-cols-1 gap-x-4 gap-y-2 pt-2 min-[26rem]:grid-cols-2 lg:grid-cols-4">
        {PARAMETERS.map((parameter) => {
          const { name, label } = parameter
          const isSaid = isMeant || left.includes(name)
          return (
            <TextField
              key={name}
              label={label}
              hint={rangeOf(parameter)}
              placeholder="default"
              error={isSaid ? problemOfParameter(parameter, typed[name]) : undefined}
              inputMode={parameter.isWhole ? 'numeric' : 'decimal'}
              autoComplete="off"
              value={typed[name]}
              className="tabular-nums"
              onChange={({ target }) => onChange(name, target.value)}
              onBlur={() => setLeft([...left, name])}
            />
          )
        })}
      </div>
    </details>
  )
}

function setNames(typed: Typed): string[] {
  return PARAMETERS.filter(({ name }) => typed[name].trim() !== '').map(({ label }) => label)
}
