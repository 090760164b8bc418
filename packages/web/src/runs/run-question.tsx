import type { Run } from '@rollcall/core/schema'
import { CopyButton } from '../ui/copy-button.tsx'
import { Card } from '../ui/page.tsx'
import { ScrollRegion } from '../ui/scroll-region.tsx'
import { PARAMETERS } from './run-parameters.ts'

/** What was asked, and with which parameters. */
export function RunQuestion({ run: { prompt, system_prompt, parameters } }: { run: Run }) {
  const set = PARAMETERS.filter(({ name }) => parameters[name] !== undefined)
  return (
    <Card className="max-w-3xl divide-y divide-line">
      {system_prompt !== null && <LongText name="System prompt" text={system_prompt} />}
      <LongText name="Prompt" text={prompt} />
      {set.length > 0 && (
        <dl className="flex flex-wrap gap-x-6 gap-y-1 px-4 py-2 text-xs">
          {set.map(({ name, label, factor }) => (
            <div key={name} className="flex gap-1.5">
              <dt className="text-ink-muted">{label}</dt>
              <dd className="tabular-nums">{(parameters[name] ?? 0) / factor}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  )
}

function LongText({ name, text }: { name: string; text: string }) {
  return (
    <section className="flex items-start gap-2 py-1 pr-1 pl-4">
      <div className="flex min-w-0 grow flex-col gap-1 py-1.5">
        <h2 className="text-ink-muted text-xs">{name}</h2>
        <ScrollRegion label={name} className="max-h-40 overflow-y-auto">
          {/* one's own words, with their lines */}
          <div dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {text}
          </div>
        </ScrollRegion>
      </div>
      <CopyButton text={text} label={`Copy the ${name.toLowerCase()}`} />
    </section>
  )
}
