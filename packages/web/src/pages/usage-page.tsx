import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useLocation, useSearchParams } from 'wouter'
import { sentenceOf } from '../api/query-client.ts'
import { providersQuery } from '../api/resources.ts'
import { Button } from '../ui/button.tsx'
import { LoadFailure } from '../ui/load-failure.tsx'
import { Notice } from '../ui/notice.tsx'
import { Card, Empty, Page } from '../ui/page.tsx'
import { DayChart } from '../usage/day-chart.tsx'
import { UsageBars } from '../usage/usage-bars.tsx'
import { UsageCsvButton } from '../usage/usage-csv-button.tsx'
import { usageQuery } from '../usage/usage-query.ts'
import { UsageTable } from '../usage/usage-table.tsx'
import { UsageToolbar } from '../usage/usage-toolbar.tsx'
import { UsageTotals } from '../usage/usage-totals.tsx'
import { readView, toQuery, type UsageView, writeView } from '../usage/usage-view.ts'

/** What runs took and cost; what is shown stands in the address. */
export function UsagePage() {
  const [address, setAddress] = useSearchParams()
  const view = readView(address)
  const query = toQuery(view)
  const change = (part: Partial<UsageView>) =>
    setAddress(writeView({ ...readView(address), ...part }), { replace: true })
  const { data: usage, error, isError, isPlaceholderData, refetch } = useQuery(usageQuery(query))
  // the same one, where nothing narrows it
  const { data: whole } = useQuery(usageQuery(view.range))
  const { data: providers = [] } = useQuery(providersQuery)
  const nameOf = (key: string) => providers.find(({ provider_key }) => provider_key === key)?.name ?? key
  const isEmpty = usage?.totals.answers === 0
  return (
    <Page
      title="Usage"
      actions={
        usage &&
        !isEmpty && <UsageCsvButton query={query} name={`rollcall-usage-${usage.from}-to-${usage.to}.csv`} />
      }
    >
      <UsageToolbar view={view} shown={usage} whole={whole} nameOf={nameOf} onChange={change} />
      {isError && usage && (
        <Notice tone="warn" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {`What is shown may be old. ${sentenceOf(error)}`}
        </Notice>
      )}
      {isError && !usage ? (
        <LoadFailure sentence={`The usage could not be read. ${sentenceOf(error)}`} onRetry={refetch} />
      ) : isEmpty ? (
        <NoUsage view={view} onChange={change} />
      ) : (
        <div aria-busy={!usage || isPlaceholderData} className="flex min-w-0 flex-col gap-4">
          <UsageTotals
            totals={usage?.totals}
            metric={view.metric}
            onChange={(metric) => change({ metric })}
          />
          {usage ? (
            <>
              <Card className="grid min-w-0 divide-line max-lg:divide-y lg:grid-cols-[3fr_2fr] lg:divide-x">
                <DayChart days={usage.days} totals={usage.totals} metric={view.metric} />
                <UsageBars
                  usage={usage}
                  metric={view.metric}
                  bars={view.bars}
                  nameOf={nameOf}
                  onChange={change}
                />
              </Card>
              <UsageTable usage={usage} by={view.by} sort={view.sort} nameOf={nameOf} onChange={change} />
              <p className="text-ink-muted text-xs">
                Days are of UTC. An answer is one model’s share of a run. What you stopped, what the server’s
                end interrupted and what was not asked for want of a key is no error. Times are of answers
                that finished. Deleting a run changes nothing here.
              </p>
            </>
          ) : (
            <Skeleton />
          )}
        </div>
      )}
    </Page>
  )
}

function NoUsage({ view, onChange }: { view: UsageView; onChange: (part: Partial<UsageView>) => void }) {
  const [, navigate] = useLocation()
  if (view.provider !== undefined || view.model !== undefined) {
    const all = (
      <Button onClick={() => onChange({ provider: undefined, model: undefined })}>Show all models</Button>
    )
    return <Empty action={all}>No answer of this choice ended on these days.</Empty>
  }
  const action = (
    <Button look="primary" icon={Plus} onClick={() => navigate('/new-run')}>
      New run
    </Button>
  )
  return <Empty action={action}>No answers on these days. Each model you run is counted here.</Empty>
}

function Skeleton() {
  return (
    <div role="status" className="flex flex-col gap-4">
      <span className="sr-only">Reading the usage</span>
      <Card className="flex h-80 items-end gap-4 p-4">
        <div className="skeleton h-56 grow" />
        <div className="skeleton h-56 w-2/5 max-lg:hidden" />
      </Card>
      <Card className="divide-y divide-line">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <div key={key} className="flex h-9 items-center gap-3 px-3">
            <div className="skeleton h-4 w-2/5" />
            <div className="skeleton ml-auto h-4 w-1/4" />
          </div>
        ))}
      </Card>
    </div>
  )
}
