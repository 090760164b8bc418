import { CopyButton } from './copy-button.tsx'

/** A text to take along now, because nobody can show it again. */
export function ShownOnce({ label, text }: { label: string; text: string }) {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <p className="font-medium">{label}</p>
      <div className="flex min-w-0 items-start gap-1 rounded-md border border-line-strong bg-surface py-0.5 pr-0.5 pl-2.5">
        <code className="min-w-0 grow select-all break-all py-1.5 font-mono text-xs">{text}</code>
        <CopyButton text={text} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </div>
  )
}
