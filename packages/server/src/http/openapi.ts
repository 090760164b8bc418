import { ApiErrorBody, ENDPOINTS, type Endpoint, type EndpointName } from '@rollcall/core/schema'
import { z } from 'zod'
import packageJson from '../../package.json' with { type: 'json' }
import { STATUS_OF } from '../refusal.ts'

type Json = Record<string, unknown>

let described: Json | undefined

/** The table of endpoints as OpenAPI 3.1, for whoever calls the server by this address. */
export function toOpenApi(server: string): Json {
  // what takes long is the same for all
  described ??= describe()
  return { ...described, servers: [{ url: server }] }
}

function describe(): Json {
  const paths: Record<string, Json> = {}
  for (const [name, endpoint] of Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]) {
    for (const path of [endpoint.path, endpoint.alsoAt]) {
      if (!path) continue
      const id = path === endpoint.path ? name : `${name}Alias`
      paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: toOperation(id, endpoint) }
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Rollcall',
      version: packageJson.version,
      description: 'Every model your keys can use, right now.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'An access token from signing in, or a personal access token (`rc_…`).',
        },
      },
      schemas: { Error: toSchema(ApiErrorBody, 'output') },
    },
  }
}

function toOperation(id: string, endpoint: Endpoint): Json {
  const { access, tag, summary, description, params, query, body, status, answer, media, example } = endpoint
  const content = answer
    ? { 'application/json': { schema: toSchema(answer, 'output') } }
    : media
      ? { [media]: { schema: { type: 'string' } } }
      : undefined
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: [description, accessSentence(access)].filter(Boolean).join('\n\n'),
    ...(access === 'public' ? { security: [] } : { security: [{ bearer: [] }] }),
    parameters: [...parameters(params, 'path'), ...parameters(query, 'query')],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: toSchema(body, 'input'),
                ...(example?.body ? { example: example.body } : {}),
              },
            },
          },
        }
      : {}),
    responses: {
      [status]: { description: 'Done', ...(content ? { content } : {}) },
      ...Object.fromEntries(
        errorStatuses(endpoint).map(([code, meanings]) => [
          code,
          {
            description: meanings.join(', '),
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
      ),
    },
  }
}

/** What any endpoint of the kind may answer, and what this one adds, by status. */
export function errorStatuses({
  method,
  access,
  params,
  query,
  body,
  errors,
}: Endpoint): [string, string[]][] {
  const codes = [
    ...(access === 'public' ? [] : (['unauthenticated', 'token_expired', 'token_revoked'] as const)),
    ...(access === 'public' || access === 'any' ? [] : (['forbidden'] as const)),
    ...(body ? (['invalid_json', 'too_large', 'unsupported_media_type'] as const) : []),
    ...(params || query || body ? (['invalid_request'] as const) : []),
    ...(method === 'GET' ? [] : (['cross_site'] as const)),
    'rate_limited' as const,
    'unavailable' as const,
    ...Object.values(errors ?? {}).flatMap((added) => added ?? []),
  ]
  const byStatus = new Map<string, string[]>()
  for (const code of new Set(codes)) {
    const status = `${STATUS_OF[code]}`
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return [...byStatus].sort(([a], [b]) => Number(a) - Number(b))
}

export function accessSentence(access: Endpoint['access']): string {
  switch (access) {
    case 'public':
      return 'For anybody.'
    case 'any':
      return 'For whoever has a valid token.'
    case 'account':
      return 'For whoever is signed in; no personal access token.'
    case 'admin':
      return 'For admins, signed in or by a personal access token with the scope `admin`.'
    default:
      return `For whoever is signed in, or a personal access token with the scope \`${access}\`.`
  }
}

function parameters(schema: z.ZodObject | undefined, place: 'path' | 'query'): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }))
}

/** As JSON Schema, which is what OpenAPI 3.1 speaks. */
export function toSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json
  return rest
}
