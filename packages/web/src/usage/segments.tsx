/** One of a few, side by side. */
export function Segments<T extends string>({
  legend,
  name,
  value,
  options,
  onChange,
}: {
  legend: string
  /** Of the group of radio buttons. */
  name: string
  value: T
  options: readonly (readonly [value: T, words: string])[]
  onChange: (value: T) => void
}) {
  return (
    <fieldset className="flex w-fit rounded-md border border-line-strong/60 bg-surface">
      <legend className="sr-only">{legend}</legend>
      {options.map(([option, words]) => (
        <label
          key={option}
          className="relative flex h-8 cursor-pointer select-none items-center px-2.5 font-medium text-ink-muted first-of-type:rounded-l-md last-of-type:rounded-r-md not-first-of-type:border-line not-first-of-type:border-l hover:bg-hover hover:text-ink has-checked:bg-selected has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2 pointer-coarse:h-10"
        >
          <input
            type="radio"
            name={name}
            checked={option === value}
            onChange={() => onChange(option)}
            className="absolute inset-0 cursor-pointer opacity-0"
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
