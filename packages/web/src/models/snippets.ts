import type { Model } from '@rollcall/core/schema'
import { accessOf, type ProviderAccess } from './provider-access.ts'

/** Code that uses a model, to be copied; it reads the key from the environment and never holds one. */
export interface Snippet {
  title: string
  code: string
}

const PROMPT = 'Hello'

/** None where the model is not for chat or embedding, or its provider is not one we know. */
export function snippetsOf({ id, kind }: Pick<Model, 'id' | 'kind'>): Snippet[] {
  const slash = id.indexOf('/')
  const provider = id.slice(0, slash)
  const name = id.slice(slash + 1)
  const access = accessOf(provider)
  if (!access) return []
  if (kind === 'chat') {
    return [
      { title: 'curl', code: chatCurl(provider, name, access) },
      { title: 'OpenAI SDK', code: openaiSdk(access, chatCall(name)) },
      { title: 'AI SDK', code: aiSdkChat(name, access) },
    ]
  }
  if (kind !== 'embedding' || !access.embeds) return []
  return [
    { title: 'curl', code: embeddingCurl(provider, name, access) },
    { title: 'OpenAI SDK', code: openaiSdk(access, embeddingCall(name)) },
    ...(access.aiSdk.embeds ? [{ title: 'AI SDK', code: aiSdkEmbedding(name, access) }] : []),
  ]
}

function chatCurl(provider: string, name: string, access: ProviderAccess): string {
  const messages = [{ role: 'user', content: PROMPT }]
  switch (provider) {
    case 'anthropic':
      return curl(
        'https://api.anthropic.com/v1/messages',
        [`x-api-key: $${access.keyVariable}`, 'anthropic-version: 2023-06-01'],
        { model: name, max_tokens: 1024, messages },
      )
    case 'google':
      return curl(
        `https://generativelanguage.googleapis.com/v1beta/models/${encodeURIComponent(name)}:generateContent`,
        [`x-goog-api-key: $${access.keyVariable}`],
        { contents: [{ parts: [{ text: PROMPT }] }] },
      )
    case 'cohere':
      return curl('https://api.cohere.com/v2/chat', [bearer(access)], { model: name, messages })
    default:
      return curl(`${access.openaiBase}/chat/completions`, [bearer(access)], { model: name, messages })
  }
}

function embeddingCurl(provider: string, name: string, access: ProviderAccess): string {
  switch (provider) {
    case 'google':
      return curl(
        `https://generativelanguage.googleapis.com/v1beta/models/${encodeURIComponent(name)}:embedContent`,
        [`x-goog-api-key: $${access.keyVariable}`],
        { content: { parts: [{ text: PROMPT }] } },
      )
    case 'cohere':
      return curl('https://api.cohere.com/v2/embed', [bearer(access)], {
        model: name,
        texts: [PROMPT],
        input_type: 'search_document',
        embedding_types: ['float'],
      })
    default:
      return curl(`${access.openaiBase}/embeddings`, [bearer(access)], { model: name, input: PROMPT })
  }
}

function curl(address: string, headers: readonly string[], body: object): string {
  return [
    `curl ${quotedForShell(address)}`,
    // in double quotes, so that the shell puts the key in
    ...[...headers, 'content-type: application/json'].map((header) => `  -H "${header}"`),
    `  -d ${quotedForShell(JSON.stringify(body))}`,
  ].join(' \\\n')
}

function openaiSdk({ keyVariable, openaiBase }: ProviderAccess, call: string): string {
  return `import OpenAI from 'openai'

const client = new OpenAI({
  apiKey: process.env.${keyVariable},
  baseURL: '${openaiBase}',
})
${call}`
}

function chatCall(name: string): string {
  return `const answer = await client.chat.completions.create({
  model: ${quoted(name)},
  messages: [{ role: 'user', content: '${PROMPT}' }],
})
console.log(answer.choices[0].message.content)`
}

function embeddingCall(name: string): string {
  return `const answer = await client.embeddings.create({
  model: ${quoted(name)},
  input: '${PROMPT}',
})
console.log(answer.data[0].embedding)`
}

function aiSdkChat(name: string, { aiSdk, keyVariable }: ProviderAccess): string {
  return `import { ${aiSdk.create} } from '${aiSdk.package}'
import { generateText } from 'ai'

const provider = ${aiSdk.create}({ apiKey: process.env.${keyVariable} })
const { text } = await generateText({
  model: provider(${quoted(name)}),
  prompt: '${PROMPT}',
})
console.log(text)`
}

function aiSdkEmbedding(name: string, { aiSdk, keyVariable }: ProviderAccess): string {
  return `import { ${aiSdk.create} } from '${aiSdk.package}'
import { embed } from 'ai'

const provider = ${aiSdk.create}({ apiKey: process.env.${keyVariable} })
const { embedding } = await embed({
  model: provider.embeddingModel(${quoted(name)}),
  value: '${PROMPT}',
})
console.log(embedding)`
}

const bearer = ({ keyVariable }: ProviderAccess) => `authorization: Bearer $${keyVariable}`

/** A string of JavaScript, whatever a provider named its model. */
function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inside.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}'`
}

/** One word of a POSIX shell, in which nothing acts. */
function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
