import { styleText } from 'node:util'
import { dollars, seconds } from '@rollcall/core/figures'
import { type Run, RunStatus, type RunSummary } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import stringWidth from 'string-width'
import { atServer } from '../at-server.ts'
import { createAnswerText } from '../print/answer-text.ts'
import { toColumns } from '../print/columns.ts'
import { createRunPrinter } from '../print/run.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { UsageError } from '../usage-error.ts'

export interface RunsOptions {
  server?: string
  search?: string
  provider?: string
  model?: string
  status?: string
  limit?: string
  json?: boolean
  reasoning?: boolean
}

const USUAL_LIMIT = 20
const MOST_LIMIT = 200
/** What a terminal has where it does not say. */
const USUAL_COLUMNS = 80
/** Of a prompt, where nobody says how wide a line may be. */
const PROMPT_CHARS = 60

/** Lists the runs that are kept at a server, the newest first. */
export function listRunsCommand(options: RunsOptions): Promise<number> {
  const query = readQuery(options)
  return atServer(
    options.server,
    ({ call }) => call('listRuns', { query }),
    (answer) => {
      const { stdout, stderr } = process
      if (options.json) stdout.write(`${toSafeJson(answer)}\n`)
      else if (answer.runs.length === 0) stdout.write('No such runs.\n')
      else stdout.write(`${toTable(answer.runs)}\n`)
      if (answer.next !== null && !options.json) {
        stderr.write(
          `There are older ones: narrow them down, or ask for more with --limit (${MOST_LIMIT}).\n`,
        )
      }
      return 0
    },
  )
}

/** Prints one of them with its whole prompts and answers. */
export function showRunCommand(id: string, options: RunsOptions): Promise<number> {
  return atServer(
    options.server,
    ({ call }) => call('showRun', { params: { id } }),
    (run) => {
      if (options.json) process.stdout.write(`${toSafeJson(run)}\n`)
      else print(run, options.reasoning ?? false)
      return 0
    },
  )
}

/** Deletes them for good; those that still go on are cancelled. */
export function removeRunsCommand(ids: readonly string[], { server }: RunsOptions): Promise<number> {
  return atServer(
    server,
    async ({ call }) => {
      for (const id of ids) await call('removeRun', { params: { id } })
    },
    () => {
      process.stdout.write(ids.length === 1 ? 'The run is deleted.\n' : `${ids.length} runs are deleted.\n`)
      return 0
    },
  )
}

/** What the server's list of runs is narrowed by. */
function readQuery({ search, provider, model, status, limit }: RunsOptions) {
  const count = limit === undefined ? USUAL_LIMIT : Number(limit)
  if (!Number.isInteger(count) || count < 1 || count > MOST_LIMIT) {
    throw new UsageError(`--limit is a whole number from 1 to ${MOST_LIMIT}.`)
  }
  const known = RunStatus.options.find((one) => one === status)
  if (status !== undefined && !known) {
    throw new UsageError(
      `--status ${visible(status)} is not known. A run is: ${RunStatus.options.join(', ')}.`,
    )
  }
  return {
    limit: String(count),
    ...(search === undefined ? {} : { search }),
    ...(provider === undefined ? {} : { provider }),
    ...(model === undefined ? {} : { model }),
    ...(known === undefined ? {} : { status: known }),
  }
}

function toTable(runs: readonly RunSummary[]): string {
  const rows = runs.map((run) => [
    run.id,
    momentOf(run.created_at),
    wordsOf(run.status),
    costOf(run),
    run.models.map(visible).join(', '),
  ])
  const table = toColumns([['ID', 'WHEN (UTC)', 'STATUS', 'COST', 'MODELS'], ...rows]).split('\n')
  const [titles = '', ...lines] = table
  const width = process.stdout.isTTY ? process.stdout.columns || USUAL_COLUMNS : undefined
  return [
    styleText('bold', titles),
    ...lines.map((line, index) => `${line}\n  ${beginningOf(runs[index]?.prompt ?? '', width)}`),
  ].join('\n')
}

/** One line of a prompt, as wide as there is room for. */
function beginningOf(prompt: string, width = PROMPT_CHARS): string {
  const line = visible(prompt.trim().replace(/\s+/g, ' '))
  let shown = ''
  for (const { segment } of new Intl.Segmenter().segment(line)) {
    if (stringWidth(shown + segment) > width - 3) return styleText('dim', `${shown}…`)
    shown += segment
  }
  return styleText('dim', shown)
}

/** Of all answers together; unknown where that of one is. */
function costOf({ answers }: RunSummary): string {
  let total = 0
  for (const { cost, status } of answers) {
    if (cost === null && status === 'finished') return '—'
    total += cost ?? 0
  }
  return answers.length === 0 || total === 0 ? '—' : dollars(total)
}

function print(run: Run, hasReasoning: boolean): void {
  const { stdout } = process
  const text = (words: string) => {
    const written = createAnswerText({ isTerminal: stdout.isTTY })
    return written.pass(words) + written.rest()
  }
  const set = Object.entries(run.parameters).map(([name, value]) => `${name} ${value}`)
  const took =
    run.finished_at === null ? '' : `  ${seconds(Date.parse(run.finished_at) - Date.parse(run.created_at))}`
  stdout.write(
    `${styleText('bold', run.id)}  ${momentOf(run.created_at)} UTC  ${wordsOf(run.status)}${took}\n`,
  )
  if (set.length > 0) stdout.write(`${set.join(', ')}\n`)
  if (run.system_prompt !== null) stdout.write(`\n==> system prompt <==\n${text(run.system_prompt)}\n`)
  stdout.write(`\n==> prompt <==\n${text(run.prompt)}\n\n`)
  const printer = createRunPrinter(run.models, { hasReasoning, hasHeadings: true, remarks: stdout })
  run.answers.forEach(({ text: words, reasoning, ...answer }, index) => {
    if (reasoning !== '') printer.show({ event: 'text', index, part: 'reasoning', text: reasoning })
    if (words !== '') printer.show({ event: 'text', index, part: 'text', text: words })
    printer.show({ event: 'answer', index, answer })
  })
  printer.end()
}

function momentOf(moment: string): string {
  return moment.slice(0, 16).replace('T', ' ')
}

function wordsOf(status: RunStatus): string {
  return status.replaceAll('_', ' ')
}
