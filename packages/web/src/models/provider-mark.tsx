/** A provider's monogram: ours, as marks of others may not be shipped. Its name always stands beside it. */
export function ProviderMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="inline-grid size-6 shrink-0 select-none place-items-center rounded-sm border border-line bg-hover font-semibold text-[0.625rem] text-ink-muted"
    >
      {monogramOf(name)}
    </span>
  )
}

function monogramOf(name: string): string {
  const capitals = name.replace(/[^A-Z]/g, '')
  return (capitals.length > 1 ? capitals : name).slice(0, 2)
}
