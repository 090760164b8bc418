import { ENDPOINTS, type Endpoint } from '@rollcall/core/schema'
import { html } from 'hono/html'
import { accessSentence, errorStatuses, toSchema } from './openapi.ts'

export const DOCS_STYLE = `
:root { color-scheme: light dark; --line: #d4d4d8; --soft: #f4f4f5; --text: #18181b; --dim: #52525b; --accent: #1d4ed8 }
@media (prefers-color-scheme: dark) { :root { --line: #3f3f46; --soft: #1f1f23; --text: #f4f4f5; --dim: #a1a1aa; --accent: #93c5fd } body { background: #131316 } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 56rem; padding: 2rem 1rem 6rem; font: 15px/1.55 system-ui, sans-serif; color: var(--text) }
a { color: var(--accent) }
h1 { margin: 0; font-size: 1.6rem } h2 { margin: 2.5rem 0 .5rem; font-size: 1.2rem }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 1rem 0 }
section { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: .75rem 0 }
h3 { margin: 0; font-size: 1rem; font-weight: 600; overflow-wrap: anywhere }
code, pre, h3 { font-family: ui-monospace, monospace; font-size: .9em }
pre { background: var(--soft); border-radius: 6px; padding: .6rem .8rem; overflow-x: auto; margin: .5rem 0 0 }
p { margin: .35rem 0 } .dim { color: var(--dim) } .method { display: inline-block; min-width: 4.2em; color: var(--accent) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0 0 } dt { font-family: ui-monospace, monospace; font-size: .9em } dd { margin: 0; color: var(--dim) }
@media (max-width: 32rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .3rem } }
`

/** The table of endpoints as a page for people: no script, nothing from elsewhere. */
export function docsPage(origin: string) {
  const endpoints: readonly Endpoint[] = Object.values(ENDPOINTS)
  const tags = [...new Set(endpoints.map(({ tag }) => tag))]
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rollcall API</title>
<link rel="stylesheet" href="/docs.css">
</head>
<body>
<main>
<h1>Rollcall API</h1>
<p>Every model your keys can use, right now. Create an account, store a key, ask what it can use:</p>
<pre>curl ${origin}/api/auth/register --json \\
  '{"email": "you@example.com", "password": "a long password"}'

curl ${origin}/api/api-keys -H "authorization: Bearer $TOKEN" --json \\
  '{"provider": "openai", "key": "sk-…"}'

curl ${origin}/api/available-models -H "authorization: Bearer $TOKEN"</pre>
<p class="dim">The first answers with the <code>access_token</code> for the others.</p>
<p class="dim">The same as OpenAPI 3.1: <a href="/openapi.json">/openapi.json</a>. Errors are <code>{"error": {"code", "message", "field"?}}</code>.</p>
<nav aria-label="Parts">${tags.map((tag) => html`<a href="#${anchor(tag)}">${tag}</a>`)}</nav>
${tags.map((tag) => html`<h2 id="${anchor(tag)}">${tag}</h2>${endpoints.filter((endpoint) => endpoint.tag === tag).map(endpointSection)}`)}
</main>
</body>
</html>`
}

function endpointSection(endpoint: Endpoint) {
  const { method, path, alsoAt, access, summary, description, query, body, status, example } = endpoint
  const fields = [
    ...fieldsOf(query).map(({ name, ...field }) => ({ name: `?${name}`, ...field })),
    ...fieldsOf(body),
  ]
  return html`<section>
<h3><span class="method">${method}</span> ${path}</h3>
<p>${summary}.${alsoAt ? html` <span class="dim">Also at <code>${alsoAt}</code>.</span>` : ''}</p>
${description ? html`<p class="dim">${withCode(description)}</p>` : ''}
<p class="dim">${withCode(accessSentence(access))}</p>
${fields.length > 0 ? html`<dl>${fields.map(({ name, text }) => html`<dt>${name}</dt><dd>${withCode(text)}</dd>`)}</dl>` : ''}
${example?.body ? html`<pre>${JSON.stringify(example.body, null, 2)}</pre>` : ''}
<dl><dt>${status}</dt><dd>done</dd>${errorStatuses(endpoint).map(([code, meanings]) => html`<dt>${code}</dt><dd>${meanings.join(', ')}</dd>`)}</dl>
</section>`
}

/** Name and what may be there: "text, optional: where …". */
function fieldsOf(schema: Endpoint['body']): { name: string; text: string }[] {
  if (!schema) return []
  const { properties = {}, required = [] } = toSchema(schema, 'input') as {
    properties?: Record<string, { type?: string; enum?: string[]; description?: string }>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { type, enum: values, description }]) => {
    const what = [values?.join(' | ') ?? type, required.includes(name) ? undefined : 'optional']
    return { name, text: [what.filter(Boolean).join(', '), description].filter(Boolean).join(': ') }
  })
}

/** What stands between backticks is set as code. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))
}

function anchor(tag: string): string {
  return tag.toLowerCase().replaceAll(' ', '-')
}
