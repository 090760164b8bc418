import type { Endpoint } from '@rollcall/core/schema'
import type { z } from 'zod'
import { Refusal } from '../refusal.ts'
import type { AppContext } from './bind.ts'
import { problemSentence } from './problem-sentence.ts'
import { readJsonBody } from './read-json-body.ts'

/** Params, query and body as the endpoint's row wants them, each only where the row has it. */
export async function readRequest(
  context: AppContext,
  { params, query, body, mostBodyBytes }: Endpoint,
): Promise<{ params?: unknown; query?: unknown; body?: unknown } | Refusal> {
  const parts: [string, z.ZodType | undefined, () => unknown][] = [
    ['params', params, () => context.req.param()],
    ['query', query, () => readQuery(context, Object.keys(query?.shape ?? {}))],
    ['body', body, () => readJsonBody(context, mostBodyBytes)],
  ]
  const parsed: Record<string, unknown> = {}
  for (const [part, schema, read] of parts) {
    if (!schema) continue
    const input = await read()
    if (input instanceof Refusal) return input
    const result = schema.safeParse(input)
    if (!result.success) {
      const { message, ...more } = problemSentence(result.error)
      return new Refusal('invalid_request', message, more)
    }
    parsed[part] = result.data
  }
  return parsed
}

/** Of a field that is there twice, nobody knows which one was meant. */
function readQuery(context: AppContext, fields: readonly string[]): Record<string, string> | Refusal {
  const field = fields.find((name) => (context.req.queries(name)?.length ?? 0) > 1)
  if (field === undefined) return context.req.query()
  return new Refusal(
    'invalid_request',
    `${field} is given more than once: give it once, and separate several values with commas.`,
    { field },
  )
}
