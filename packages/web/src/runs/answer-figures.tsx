import { day, dollars, seconds, usd } from '@rollcall/core/figures'
import type { RunAnswerFacts } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import type { ReactNode } from 'react'

/** What an answer took; what is not known is "—". */
export function AnswerFigures({ answer }: { answer: RunAnswerFacts }) {
  const { usage, first_token_ms: first, duration_ms: all, tokens_per_second: speed } = answer
  const time = (milliseconds: number | null) => (milliseconds === null ? '—' : seconds(milliseconds))
  return (
    <dl className="grid grid-cols-3 gap-x-3 gap-y-2 text-xs">
      <Figure name="First token">{time(first)}</Figure>
      <Figure name="Duration">{time(all)}</Figure>
      <Figure name="Tokens/s">{speed === null ? '—' : perSecond(speed)}</Figure>
      <Figure name="Tokens in" note={part(usage.cached_input, 'cached')}>
        {count(usage.input)}
      </Figure>
      <Figure name="Tokens out" note={part(usage.reasoning, 'reasoning')}>
        {count(usage.output)}
      </Figure>
      <Figure name="Cost" about={answer.status === 'running' ? undefined : priceSentence(answer)}>
        {dollars(answer.cost)}
      </Figure>
    </dl>
  )
}

function Figure({
  name,
  note,
  about,
  children,
}: {
  name: string
  note?: string | undefined
  /** Pointed at. */
  about?: string | undefined
  children: ReactNode
}) {
  return (
    <div className="flex min-w-0 flex-col" data-tooltip={about}>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-h-5 font-medium tabular-nums leading-5">
        {children}
        {note && <span className="block font-normal text-ink-muted leading-4">{note}</span>}
        {about && <span className="sr-only">. {about}</span>}
      </dd>
    </div>
  )
}

function count(tokens: number | undefined): string {
  return tokens?.toLocaleString('en') ?? '—'
}

function part(tokens: number | undefined, word: string): string | undefined {
  return tokens ? `${tokens.toLocaleString('en')} ${word}` : undefined
}

function perSecond(figure: number): string {
  return figure < 10 ? figure.toFixed(1) : Math.round(figure).toLocaleString('en')
}

/** By which price a cost was reckoned, and whose word that is. */
function priceSentence({ pricing, pricing_source: source, cost }: RunAnswerFacts): string {
  if (!pricing) return 'No price of this model was known when it was asked.'
  const prices = [
    ['input', pricing.input],
    ['cached input', pricing.cached_input],
    ['output', pricing.output],
  ] as const
  const known = prices.flatMap(([name, price]) => (price === undefined ? [] : [`${name} ${usd(price)}`]))
  const from = source === null ? 'as the provider says' : `from ${visible(source.from)}, ${day(source.date)}`
  const price = `Per million tokens: ${known.join(', ')}; ${from}.`
  return cost === null ? `${price} A count or a price that the cost needs is not known.` : price
}
