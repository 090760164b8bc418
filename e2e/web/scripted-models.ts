import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands in for Together with models that say, word for word and when, what a test wants. */
export interface ScriptedModels {
  /** For ROLLCALL_TOGETHER_BASE_URL. */
  base: string
  /** How this one answers from now on; it is known as `together/<model>`. */
  script(model: string, answer: Script): void
  /** The answers that were asked for and have not ended. */
  underWay: ReadonlyMap<string, UnderWay>
  close(): void
}

interface Said {
  text?: string
  reasoning?: string
}
/** Said at once and to the end; `open`: only by `say` and `end`. */
type Script = Said | 'open'

interface UnderWay {
  say(said: Said): void
  end(): void
  /** The connection is reset. */
  breakOff(): void
}

/** By characters: half of one is no text. */
const PIECES = /.{1,1000}/gsu

export async function startScriptedModels(models: readonly string[]): Promise<ScriptedModels> {
  const scripts = new Map<string, Script>(models.map((model) => [model, { text: 'Yes.' }]))
  const underWay = new Map<string, UnderWay>()
  const server = createServer(async (request, response) => {
    if (request.method === 'GET') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(models.map((id) => ({ id, object: 'model', type: 'chat', ...FACTS }))))
      return
    }
    let body = ''
    for await (const chunk of request) body += chunk
    const { model } = JSON.parse(body) as { model: string }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    const answer = answering(response, model)
    const script = scripts.get(model) ?? {}
    underWay.set(model, answer)
    response.once('close', () => underWay.delete(model))
    if (script === 'open') return
    for (const [name, text = ''] of [
      ['reasoning', script.reasoning],
      ['text', script.text],
    ] as const) {
      for (const piece of text.match(PIECES) ?? []) answer.say({ [name]: piece })
    }
    answer.end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    script: (model, answer) => void scripts.set(model, answer),
    underWay,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const FACTS = { created: 1_700_000_000, context_length: 131_072, pricing: { input: 2, output: 8 } }

function answering(response: ServerResponse, model: string): UnderWay {
  let tokens = 0
  const chunk = (more: object) => {
    const data = { id: 'x', object: 'chat.completion.chunk', created: 1_700_000_000, model, ...more }
    response.write(`data: ${JSON.stringify(data)}\n\n`)
  }
  return {
    say({ text, reasoning }) {
      tokens++
      const delta = {
        role: 'assistant',
        ...(text === undefined ? {} : { content: text }),
        ...(reasoning === undefined ? {} : { reasoning }),
      }
      chunk({ choices: [{ index: 0, delta, finish_reason: null }] })
    },
    end() {
      const usage = { prompt_tokens: 7, completion_tokens: tokens, total_tokens: 7 + tokens }
      chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage })
      response.end('data: [DONE]\n\n')
    },
    breakOff: () => void response.destroy(),
  }
}
