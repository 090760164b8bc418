import { type CsvColumn, csvHead, csvLines } from '@rollcall/core'
import { iso } from '../moment-text.ts'
import { type StoredAnswer, toRun } from './shown-run.ts'
import type { StoredRun } from './stored-runs.ts'

interface Line {
  run: StoredRun
  answer: StoredAnswer | undefined
  model: string
}

const parameter = (name: string) => (line: Line) => JSON.parse(line.run.row.parameters)[name]
const COLUMNS: readonly CsvColumn<Line>[] = [
  ['run', ({ run }) => run.row.id],
  ['created_at', ({ run }) => iso(run.row.created_at)],
  ['model', ({ model }) => model],
  ['status', ({ run, answer }) => answer?.facts.status ?? run.row.status],
  ['finish_reason', ({ answer }) => answer?.facts.finish_reason],
  ['failure', ({ answer }) => answer?.facts.failure?.code],
  ['input_tokens', ({ answer }) => answer?.facts.usage.input],
  ['cached_input_tokens', ({ answer }) => answer?.facts.usage.cached_input],
  ['output_tokens', ({ answer }) => answer?.facts.usage.output],
  ['reasoning_tokens', ({ answer }) => answer?.facts.usage.reasoning],
  ['cost_usd', ({ answer }) => answer?.facts.cost],
  ['first_token_ms', ({ answer }) => answer?.facts.first_token_ms],
  ['duration_ms', ({ answer }) => answer?.facts.duration_ms],
  ['tokens_per_second', ({ answer }) => answer?.facts.tokens_per_second],
  ['temperature', parameter('temperature')],
  ['top_p', parameter('top_p')],
  ['max_output_tokens', parameter('max_output_tokens')],
  ['timeout_ms', parameter('timeout_ms')],
  ['system_prompt', ({ run }) => run.row.system_prompt],
  ['prompt', ({ run }) => run.row.prompt],
  ['answer', ({ answer }) => answer?.text],
]

/** One line for a model of a run. */
export async function* runsAsCsv(runs: AsyncIterable<StoredRun>): AsyncGenerator<string> {
  yield csvHead(COLUMNS)
  for await (const run of runs) {
    const models = run.row.models.trim().split(' ')
    yield csvLines(
      COLUMNS,
      models.map((model, index) => ({ run, model, answer: run.answers[index] })),
    )
  }
}

export async function* runsAsJson(runs: AsyncIterable<StoredRun>, now: number): AsyncGenerator<string> {
  yield `{"exported_at":"${iso(now)}","runs":[`
  let before = ''
  for await (const { row, answers } of runs) {
    yield before + JSON.stringify(toRun(row, answers))
    before = ',\n'
  }
  yield ']}\n'
}

/** A file that is written while it is read, so that it need not fit into memory. */
export function toFile(parts: AsyncGenerator<string>, media: string, name: string): Response {
  const encoder = new TextEncoder()
  // not ReadableStream.from: browsers' types, with which e2e is checked, do not know it
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await parts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel: async () => void (await parts.return(undefined)),
  })
  return new Response(body, {
    headers: {
      'content-type': media,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
