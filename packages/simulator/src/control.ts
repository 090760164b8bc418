import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerCatalogue } from './catalogue.ts'
import { CHAT_FAULTS, FAULTS } from './faults/index.ts'
import { overview } from './overview.ts'
import { readBehaviour } from './read-behaviour.ts'
import { isSimulatedProvider, SIMULATED_PROVIDERS } from './simulated-provider.ts'
import type { Simulator } from './simulator.ts'

const MOST_BODY_BYTES = 64 * 1024

/** The simulator's own door: switch behaviours, see what was asked, fetch the catalogue. */
export function answerControl(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  answer(simulator, request, response).catch((error: unknown) => {
    const isTheirs = error instanceof TypeError || error instanceof SyntaxError
    sendJson(response, isTheirs ? 400 : 500, {
      error: error instanceof Error ? error.message : String(error),
    })
  })
}

async function answer(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [path = '/'] = (request.url ?? '/').split('?')
  switch (`${request.method} ${path}`) {
    case 'GET /':
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(overview(simulator))
      return
    case 'GET /models.dev/api.json':
      return answerCatalogue(request, response)
    case 'GET /behaviours':
      return sendJson(response, 200, simulator.behaviours())
    case 'DELETE /behaviours':
      await simulator.reset()
      return sendJson(response, 200, simulator.behaviours())
    case 'GET /faults':
      return sendJson(response, 200, faultList())
    case 'GET /requests':
      return sendJson(response, 200, simulator.requests)
  }
  const provider = /^\/behaviours\/([^/]+)$/.exec(path)?.[1]
  if (provider === undefined || request.method !== 'PUT') {
    return sendJson(response, 404, {
      error: `There is no ${request.method} ${path}. GET / says what there is.`,
    })
  }
  if (!isSimulatedProvider(provider)) {
    throw new TypeError(`There is no provider "${provider}". There are: ${SIMULATED_PROVIDERS.join(', ')}.`)
  }
  const behaviour = readBehaviour(await readJson(request))
  await simulator.set(provider, behaviour)
  sendJson(response, 200, behaviour)
}

function faultList(): unknown {
  const rows = Object.entries({ ...FAULTS, ...CHAT_FAULTS }).map(([id, { row, title, level }]) => [
    id,
    { row, title, level },
  ])
  return Object.fromEntries(rows)
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MOST_BODY_BYTES) throw new TypeError('The body is longer than any behaviour.')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError('The body is not JSON. Send a behaviour such as {"fault":"D7"}.')
  }
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  if (response.headersSent) return
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(`${JSON.stringify(value, null, 2)}\n`)
}
