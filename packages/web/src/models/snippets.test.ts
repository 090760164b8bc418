// @ts-expect-error: the pages are typed without Node, which runs this test
import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { snippetsOf } from './snippets.ts'

const PROVIDERS = [
  'openai',
  'anthropic',
  'google',
  'mistral',
  'groq',
  'together',
  'cohere',
  'fireworks',
  'openrouter',
]
const HOSTILE = `a'b"c\\d$(touch x)\`id\`\${e}/../..//f;g&h|i\u2028j`

/** What a shell hands to curl. */
function wordsOf(code: string): string[] {
  const printed = execFileSync('sh', ['-c', `curl() { printf '%s\\0' "$@"; }\n${code}`], {
    env: Object.fromEntries(
      PROVIDERS.map((name) => [`${name.toUpperCase()}_API_KEY`, 'KEY']).concat([['GEMINI_API_KEY', 'KEY']]),
    ),
  })
  return printed.toString().split('\0').slice(0, -1)
}

function codeOf(id: string, kind: 'chat' | 'embedding', title: string): string {
  return snippetsOf({ id, kind }).find((snippet) => snippet.title === title)?.code ?? ''
}

describe('snippets', () => {
  it.each(PROVIDERS)('for a chat model of %s are three, and name it without its provider', (provider) => {
    const snippets = snippetsOf({ id: `${provider}/a/b:c`, kind: 'chat' })
    expect(snippets.map(({ title }) => title)).toEqual(['curl', 'OpenAI SDK', 'AI SDK'])
    for (const { code } of snippets) {
      expect(code.replace('a%2Fb', 'a/b')).toContain('a/b')
      expect(code).not.toContain(`${provider}/a/b`)
      expect(code).toMatch(/_API_KEY/)
    }
  })

  it.each(PROVIDERS)('of %s give curl an address, the key from the environment and JSON', (provider) => {
    const [address = '', ...rest] = wordsOf(codeOf(`${provider}/m`, 'chat', 'curl'))
    expect(new URL(address).protocol).toBe('https:')
    expect(rest.filter((word) => word.endsWith('KEY'))).toHaveLength(1)
    expect(JSON.parse(rest.at(-1) ?? '')).toBeTypeOf('object')
  })

  it.each(PROVIDERS)('of %s stay inert whatever the model is called', async (provider) => {
    const id = `${provider}/${HOSTILE}`
    const words = wordsOf(codeOf(id, 'chat', 'curl'))
    expect(words.filter((word) => word === '-H').length * 2 + 3).toBe(words.length)
    const body = JSON.parse(words.at(-1) ?? '')
    if (provider !== 'google') expect(body.model).toBe(HOSTILE)
    else expect(new URL(words[0] ?? '').pathname).toMatch(/^\/v1beta\/models\/.*:generateContent$/)
    for (const title of ['OpenAI SDK', 'AI SDK']) {
      const literal = /(?:model: |provider\()('.*')/.exec(codeOf(id, 'chat', title))?.[1] ?? ''
      const read = await import(`data:text/javascript,export default ${encodeURIComponent(literal)}`)
      expect(read.default).toBe(HOSTILE)
    }
  })

  it('go to the embeddings endpoint for embeddings', () => {
    expect(codeOf('openai/e', 'embedding', 'curl')).toContain('https://api.openai.com/v1/embeddings')
    expect(codeOf('google/e', 'embedding', 'curl')).toContain('/models/e:embedContent')
    expect(codeOf('cohere/e', 'embedding', 'curl')).toContain('https://api.cohere.com/v2/embed')
    expect(codeOf('mistral/e', 'embedding', 'AI SDK')).toContain('embeddingModel')
  })

  it.each([
    [{ id: 'openai/dall-e-3', kind: 'image' as const }],
    [{ id: 'openai/odd' }],
    [{ id: 'groq/e', kind: 'embedding' as const }],
    [{ id: 'elsewhere/m', kind: 'chat' as const }],
    [{ id: 'constructor/m', kind: 'chat' as const }],
    [{ id: 'nothing', kind: 'chat' as const }],
  ])('are none for %o', (model) => {
    expect(snippetsOf(model)).toEqual([])
  })
})
