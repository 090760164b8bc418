import { CommandError } from '../command-error.ts'
import { connectSignedIn } from '../connect.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { remarksOn, toUsageTable } from '../print/usage.ts'
import { readServer } from '../server-address.ts'
import type { USAGE_GROUPS } from '../usage-command.ts'
import { UsageError } from '../usage-error.ts'

/** As commander hands them over. */
export interface UsageOptions {
  days?: string
  from?: string
  to?: string
  provider?: string
  model?: string
  by?: (typeof USAGE_GROUPS)[number]
  json?: boolean
  csv?: boolean
  server?: string
}

/** Prints what one's runs at a server took and cost. */
export async function usageCommand(options: UsageOptions): Promise<void> {
  const { by, json, csv } = options
  if (json && csv) throw new UsageError('--json and --csv exclude each other.')
  if (by !== undefined && (json || csv)) {
    throw new UsageError(
      `--by has no say with --${json ? 'json, which has all of them' : 'csv, which has one line per model and day'}.`,
    )
  }
  const server = readServer(options.server, process.env)
  const call = connectSignedIn(server, process.env)
  const { days, from, to, provider, model } = options
  const query = { days, from, to, provider, model }
  if (csv) {
    process.stdout.write(await inUsersWords(() => call('exportUsage', { query })))
    return
  }
  const usage = await inUsersWords(() => call('showUsage', { query }))
  if (json) {
    process.stdout.write(`${toSafeJson(usage)}\n`)
    return
  }
  if (usage.totals.answers === 0) {
    process.stdout.write(`No answer ended at ${server} from ${usage.from} to ${usage.to} (UTC).\n`)
    return
  }
  process.stdout.write(`${toUsageTable(usage, by ?? 'model', widthOf(process.stdout))}\n`)
  for (const remark of remarksOn(usage)) process.stderr.write(`${remark}\n`)
}

function widthOf({ isTTY, columns }: NodeJS.WriteStream): number {
  return isTTY ? columns || 80 : Number.POSITIVE_INFINITY
}

/** What the server says of a query is said of options. */
async function inUsersWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CommandError && error.code === 'invalid_request') {
      throw new UsageError(`--${error.message}`)
    }
    throw error
  }
}
