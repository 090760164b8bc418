import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { askChat, chatModels, eventsIn } from './ask-chat.ts'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from './simulated-provider.ts'
import { createSimulator, type Simulator } from './simulator.ts'

let simulator: Simulator

beforeAll(async () => {
  simulator = await createSimulator({ size: 'small' })
})
afterEach(() => simulator.reset())
afterAll(() => simulator.close())

/** Where each API has a piece of its answer, and what it counts. */
const pieces: Record<SimulatedProvider, (event: never) => string | undefined> = {
  openai: (event: { type: string; delta?: string }) =>
    event.type === 'response.output_text.delta' ? event.delta : undefined,
  anthropic: (event: { delta?: { text?: string } }) => event.delta?.text,
  google: (event: { candidates: { content: { parts: { text?: string }[] } }[] }) =>
    event.candidates[0]?.content.parts[0]?.text,
  cohere: (event: { delta?: { message?: { content?: { text?: string } } } }) =>
    event.delta?.message?.content?.text,
  mistral: choicePiece,
  groq: choicePiece,
  together: choicePiece,
  fireworks: choicePiece,
  openrouter: choicePiece,
}

function choicePiece(event: { choices: { delta: { content?: unknown } }[] }): string | undefined {
  const content = event.choices[0]?.delta.content
  return typeof content === 'string' ? content : undefined
}

const wholes: Record<SimulatedProvider, (body: never) => unknown> = {
  openai: (body: { output: { content?: { text: string }[] }[] }) => body.output.at(-1)?.content?.[0]?.text,
  anthropic: (body: { content: { text: string }[] }) => body.content[0]?.text,
  google: (body: { candidates: { content: { parts: { text: string }[] } }[] }) =>
    body.candidates[0]?.content.parts[0]?.text,
  cohere: (body: { message: { content: { text: string }[] } }) => body.message.content.at(-1)?.text,
  mistral: choiceWhole,
  groq: choiceWhole,
  together: choiceWhole,
  fireworks: choiceWhole,
  openrouter: choiceWhole,
}

function choiceWhole(body: { choices: { message: { content: string } }[] }): unknown {
  return body.choices[0]?.message.content
}

async function streamed(provider: SimulatedProvider, asked = {}): Promise<{ text: string; raw: string }> {
  const response = await askChat(simulator, provider, asked)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
  const raw = await response.text()
  const text = eventsIn(raw).map((event) => pieces[provider](event as never) ?? '')
  return { text: text.join(''), raw }
}

describe.each(SIMULATED_PROVIDERS)('%s', (provider) => {
  it('says the same thing in pieces, in one piece, and again', async () => {
    const { text } = await streamed(provider)
    const response = await askChat(simulator, provider, { isStreamed: false })
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(text.length).toBeGreaterThan(200)
    expect(wholes[provider]((await response.json()) as never)).toBe(text)
    expect((await streamed(provider)).text).toBe(text)
    expect((await streamed(provider, { prompt: 'Something else.' })).text).not.toBe(text)
  })

  it('stops where it is told to, says so, and counts', async () => {
    const { raw } = await streamed(provider, { mostTokens: 30 })
    expect(raw).toMatch(/"(length|max_output_tokens|max_tokens|MAX_TOKENS)"/)
    expect(raw).toMatch(/"(output_tokens|completion_tokens)":30|"totalTokenCount":37/)
    expect(raw).toMatch(/"(input_tokens|prompt_tokens|promptTokenCount)":7/)
  })

  it('looks at the key before anything else, and knows only the models it lists', async () => {
    const rejected = await askChat(simulator, provider, { key: 'a-bad-key', model: 'nobody' })
    expect(rejected.status).toBe(provider === 'google' ? 400 : 401)
    const unknown = await askChat(simulator, provider, { model: 'no-such-model' })
    expect([400, 404]).toContain(unknown.status)
    expect(await unknown.text()).toMatch(/model/i)
  })

  it('sends the first token when it is time, and the others at their pace', async () => {
    await simulator.set(provider, { firstTokenMs: 60, tokenMs: 10, tokens: 5 })
    const start = performance.now()
    const { text } = await streamed(provider)
    expect(performance.now() - start).toBeGreaterThan(95)
    expect(text.split(' ')).toHaveLength(5)
  })

  it('stops when nobody listens any more', async () => {
    // one to which no kept connections lead
    const fresh = await createSimulator({ size: 'small' })
    await fresh.set(provider, { fault: 'K4' })
    const controller = new AbortController()
    const response = await askChat(fresh, provider, { signal: controller.signal })
    await response.body?.getReader().read()
    expect(fresh.openConnections(provider)).toBe(1)
    controller.abort()
    await expect.poll(() => fresh.openConnections(provider)).toBe(0)
    await fresh.close()
  })
})

describe('what tells them apart', () => {
  it.each([
    ['openai', /^event: response\.created\ndata: .*"sequence_number":0/],
    ['anthropic', /^event: message_start\n[\s\S]*event: ping\n[\s\S]*event: message_stop\n/],
    ['google', /\r\n\r\n$/],
    ['groq', /"x_groq":\{"id":"req_[\s\S]*"reasoning":/],
    ['together', /"finish_reason":"eos"/],
    ['cohere', /^event: message-start\n[\s\S]*"finish_reason":"COMPLETE"/],
    ['fireworks', /"reasoning_content":/],
    ['openrouter', /^: OPENROUTER PROCESSING\n[\s\S]*"choices":\[\],"usage":[\s\S]*"cost":/],
  ] as const)('%s', async (provider, pattern) => {
    expect((await streamed(provider)).raw).toMatch(pattern)
  })

  it('only some end with a word of their own', async () => {
    for (const provider of SIMULATED_PROVIDERS) {
      const ends = !['openai', 'anthropic', 'google'].includes(provider)
      expect([provider, (await streamed(provider)).raw.endsWith('data: [DONE]\n\n')]).toEqual([
        provider,
        ends,
      ])
    }
  })

  it('openai speaks its older API too, with usage where it is asked for', async () => {
    const ask = async (more: object) => {
      const response = await fetch(`${simulator.bases.openai}/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer any' },
        body: JSON.stringify({ model: 'gpt-5.5', messages: [{ role: 'user', content: 'Hi.' }], ...more }),
      })
      return response.text()
    }
    expect(await ask({ stream: true })).not.toContain('"usage"')
    const counted = await ask({ stream: true, stream_options: { include_usage: true } })
    expect(counted).toContain('"reasoning_tokens":24')
    expect(JSON.parse(await ask({}))).toMatchObject({ object: 'chat.completion' })
  })

  it('counts what a long prompt has cached', async () => {
    const { raw } = await streamed('groq', { prompt: 'word '.repeat(2_000) })
    expect(raw).toContain('"cached_tokens":2432')
  })

  it('refuses what is not a question', async () => {
    const url = `${simulator.bases.groq}/chat/completions`
    const headers = { authorization: 'Bearer any' }
    const ask = (init: RequestInit) => fetch(url, { headers, ...init })
    expect((await ask({})).status).toBe(405)
    for (const body of ['', 'no json', '[]', '{}', '{"model":"openai/gpt-oss-120b"}']) {
      expect((await ask({ method: 'POST', body })).status).toBe(400)
    }
  })
})

describe('what was seen', () => {
  it('keeps what was posted where it is short, and never a key', async () => {
    await streamed('groq', { mostTokens: 5 })
    await streamed('groq', { prompt: 'word '.repeat(2_000) })
    const [short, long] = simulator.requests
    expect(short).toMatchObject({ method: 'POST', body: { model: chatModels.groq, max_tokens: 5 } })
    expect(long?.body).toBeUndefined()
    expect(JSON.stringify(simulator.requests)).not.toContain(simulator.keys.groq)
  })
})
