import type { Run } from '@rollcall/core/schema'
import type { ReactNode } from 'react'
import { Age } from '../ui/age.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { InertText } from '../ui/inert-text.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card } from '../ui/page.tsx'
import { PARAMETERS } from './run-parameters.ts'
import { NOT_STARTED_SENTENCE, RunState } from './run-status.tsx'

/** Everything of a run. */
export function RunDetails({ run }: { run: Run }) {
  const set = PARAMETERS.filter(({ name }) => run.parameters[name] !== undefined)
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Notice>Nothing was sent. {NOT_STARTED_SENTENCE}</Notice>
      <Card className="divide-y divide-line">
        <Row name="Status">
          <RunState status={run.status} />
        </Row>
        <Row name="Written">
          <Age moment={run.created_at} />
        </Row>
        <Row name={run.models.length === 1 ? 'Model' : 'Models'}>
          <ul className="flex flex-col">
            {run.models.map((id) => (
              <li key={id} className="flex min-w-0 items-center gap-1">
                <InertText className="min-w-0 break-all font-mono text-xs">{id}</InertText>
                <CopyButton text={id} label="Copy the id" />
              </li>
            ))}
          </ul>
        </Row>
        {set.map(({ name, label, factor }) => (
          <Row key={name} name={label}>
            <span className="tabular-nums">{(run.parameters[name] ?? 0) / factor}</span>
          </Row>
        ))}
      </Card>
      {run.system_prompt !== null && <LongText name="System prompt" text={run.system_prompt} />}
      <LongText name="Prompt" text={run.prompt} />
    </div>
  )
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid min-h-9 items-center gap-x-3 px-4 py-1 min-[26rem]:grid-cols-[8.5rem_1fr]">
      <span className="text-ink-muted">{name}</span>
      {children}
    </div>
  )
}

function LongText({ name, text }: { name: string; text: string }) {
  return (
    <section className="flex flex-col gap-1">
      <div className="flex items-center justify-between">
        <h2 className="text-sm">{name}</h2>
        <CopyButton text={text} label={`Copy the ${name.toLowerCase()}`} />
      </div>
      <Card className="max-h-[60dvh] overflow-y-auto p-4">
        {/* one's own words, with their lines */}
        <div dir="auto" className="whitespace-pre-wrap break-words">
          {text}
        </div>
      </Card>
    </section>
  )
}
