import { type CorrectedFacts, Kind, type Model } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelQuery } from '../api/resources.ts'
import { useSubmit } from '../api/use-submit.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/choices.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { type FactField, type FactForm, type FactValue, factFieldsOf, factOf } from './fact-fields.ts'
import { readFact, writtenFact } from './read-fact.ts'
import { saidOtherwise } from './said-otherwise.ts'
import { useCorrect } from './use-correct.ts'

/** The choices there are, where a fact is not written freely. */
const OPTIONS: Partial<Record<FactForm, readonly string[]>> = {
  kind: Kind.options.filter((kind) => kind !== 'unknown'),
  'yes-no': ['yes', 'no'],
}

/** Where somebody sets facts of a model right. */
export function CorrectionDialog({
  model,
  facts: atFirst,
  providerName,
  onClose,
}: {
  model: Model
  /** What they have set right before. */
  facts: CorrectedFacts
  providerName: string
  onClose: () => void
}) {
  // what is typed is measured against what was there when it was opened
  const [facts] = useState(atFirst)
  const [fields] = useState(() =>
    factFieldsOf({ capabilities: { ...model.capabilities, ...facts.capabilities } }),
  )
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map())
  const { data } = useQuery(modelQuery(model.id))
  const correct = useCorrect()
  const form = useSubmit(async (read) => {
    const changes = new Map<string, FactValue | undefined>()
    for (const { field, form: made } of fields) {
      const written = read(nameOf(field))
      if (written !== writtenFact(made, factOf(facts, field)))
        changes.set(field, readFact(made, written).value)
    }
    if (changes.size > 0) await correct(model.id, changes)
    onClose()
  })

  function check({ field, form: made }: FactField, written: string): void {
    const { problem } = readFact(made, written)
    if (problem === problems.get(field)) return
    const others = [...problems].filter(([other]) => other !== field)
    setProblems(new Map(problem === undefined ? others : [...others, [field, problem]]))
  }

  function allProblems(element: HTMLFormElement): [string, string][] {
    const written = new FormData(element)
    return fields.flatMap(({ field, form: made }): [string, string][] => {
      const { problem } = readFact(made, String(written.get(nameOf(field))))
      return problem === undefined ? [] : [[field, problem]]
    })
  }

  return (
    <Dialog title={`Set right: ${visible(model.name)}`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          const found = allProblems(event.currentTarget)
          setProblems(new Map(found))
          if (found.length === 0) return form.onSubmit(event)
          event.preventDefault()
          const first = event.currentTarget.elements.namedItem(nameOf(found[0]?.[0] ?? ''))
          if (first instanceof HTMLElement) first.focus()
        }}
      >
        <p className="text-ink-muted">
          What you write stands for you alone, whatever is said later. An empty field shows what its provider
          or the catalogue says. Prices are USD per million tokens.
        </p>
        <div className="grid grid-cols-1 gap-x-4 gap-y-2 [&_:is(input,select)]:scroll-mb-16 min-[26rem]:grid-cols-2">
          {fields.map((fact, index) => {
            const { field, title, form: made } = fact
            const options = OPTIONS[made]
            const error = problems.get(field) ?? form.problemOf(nameOf(field))
            const common = {
              label: title,
              name: nameOf(field),
              defaultValue: writtenFact(made, factOf(facts, field)),
              hint: visible(saidOtherwise(fact, model, data?.differs ?? [], providerName)),
              autoFocus: index === 0,
            }
            return options ? (
              <SelectField key={field} {...common} {...(error === undefined ? {} : { error })}>
                <option value="">Not corrected</option>
                {options.map((option) => (
                  <option key={option}>{option}</option>
                ))}
              </SelectField>
            ) : (
              <TextField
                key={field}
                {...common}
                error={error}
                inputMode={made === 'tokens' ? 'numeric' : made === 'price' ? 'decimal' : 'text'}
                autoComplete="off"
                autoCapitalize="none"
                spellCheck={false}
                onBlur={({ target }) => check(fact, target.value)}
              />
            )
          })}
        </div>
        {form.problem && <Notice tone="bad">{form.problem}</Notice>}
        {/* at hand wherever one is in the form */}
        <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap items-center justify-end gap-2 border-line border-t bg-raised px-4 py-3">
          {problems.size > 0 && (
            <p className="mr-auto text-bad text-xs">
              {problems.size === 1
                ? 'One field needs another look.'
                : `${problems.size} fields need another look.`}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" isBusy={form.isBusy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** As the server names it where it refuses it. */
function nameOf(field: string): string {
  return `facts.${field}`
}
