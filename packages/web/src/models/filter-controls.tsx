import { useState } from 'react'
import { Field, INPUT, TextField } from '../ui/field.tsx'

/** Several of a few: none is all. */
export function Choices<T extends string>({
  title,
  options,
  chosen = [],
  onChange,
}: {
  title: string
  options: readonly { value: T; words: string }[]
  chosen: readonly string[] | undefined
  onChange: (chosen: readonly T[] | undefined) => void
}) {
  const change = (value: T, isChosen: boolean) => {
    const next = options
      .map((option) => option.value)
      .filter((other) => (other === value ? isChosen : chosen.includes(other)))
    onChange(next.length > 0 ? next : undefined)
  }
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1.5 font-medium">{title}</legend>
      <div className="flex flex-wrap gap-1.5">
        {options.map(({ value, words }) => (
          <Choice
            key={value}
            words={words}
            isChosen={chosen.includes(value)}
            onChange={(isChosen) => change(value, isChosen)}
          />
        ))}
      </div>
    </fieldset>
  )
}

function Choice({
  words,
  isChosen,
  onChange,
}: {
  words: string
  isChosen: boolean
  onChange: (isChosen: boolean) => void
}) {
  return (
    <label className="flex h-8 cursor-pointer select-none items-center gap-1.5 rounded-md border border-line px-2.5 hover:bg-hover has-checked:border-accent has-checked:bg-selected pointer-coarse:h-10">
      <input
        type="checkbox"
        checked={isChosen}
        onChange={(event) => onChange(event.currentTarget.checked)}
        className="size-3.5"
      />
      {words}
    </label>
  )
}

export function SelectChoice({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  onChange: (value: string) => void
}) {
  return (
    <Field label={label}>
      {(control) => (
        <select
          {...control}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          className={`${INPUT} h-9 pointer-coarse:h-10`}
        >
          {options.map(([option, words]) => (
            <option key={option} value={option}>
              {words}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** A figure that may be left empty; what is no figure changes nothing. */
export function NumberChoice({
  label,
  unit,
  value,
  onChange,
}: {
  label: string
  unit: string
  value: number | undefined
  onChange: (value: number | undefined) => void
}) {
  const [text, setText] = useState(String(value ?? ''))
  const isOutdated = value === undefined ? text.trim() !== '' : read(text) !== value
  const isBroken = text.trim() !== '' && read(text) === undefined
  return (
    <TextField
      label={label}
      hint={unit}
      error={isBroken ? 'Write a figure such as 0.5' : undefined}
      inputMode="decimal"
      // another way of clearing it has been used
      value={isOutdated && !isBroken ? String(value ?? '') : text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        onChange(read(event.currentTarget.value))
      }}
    />
  )
}

export function DateChoice({
  label,
  value,
  onChange,
}: {
  label: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  return (
    <TextField
      label={label}
      type="date"
      min="2000-01-01"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    />
  )
}

function read(text: string): number | undefined {
  const figure = text.trim().replace(',', '.').replace(/^\$/, '')
  return /^\d{1,6}(\.\d{1,6})?$/.test(figure) ? Number(figure) : undefined
}
