import { readFile } from 'node:fs/promises'
import { type Plugin, parseSync, Visitor } from 'vite'

/** Where Zod turns schemas into JSON Schema: the server does, for OpenAPI; no page ever will. */
const JSON_SCHEMA = /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
const SCHEMA = /core\/src\/schema\/[\w-]+\.ts$/
/** The table of endpoints, and what of a row is there for its readers alone. */
const TABLE = /endpoints\.ts$/
const FOR_READERS = ['summary', 'description', 'example']

/** Five kilobytes of the first load that no page calls: in their place stand functions that do nothing. */
export function withoutJsonSchema(): Plugin {
  return {
    name: 'without-json-schema',
    enforce: 'pre',
    async load(id) {
      if (!JSON_SCHEMA.test(id)) return null
      const names = (await readFile(id, 'utf8')).matchAll(/^export (?:const|function) (\w+)/gm)
      const exports = [...names].map(([, name]) => `export const ${name} = nothing`)
      return `const nothing = () => nothing\n${exports.join('\n')}\n`
    },
  }
}

/** And more: what schemas and the table of endpoints say to people. */
export function withoutDocumentation(): Plugin {
  return {
    name: 'without-documentation',
    enforce: 'pre',
    transform: (code, id) => (SCHEMA.test(id) ? cut(code, documentationIn(id, code)) : null),
  }
}

interface Range {
  start: number
  end: number
}

function documentationIn(id: string, code: string): Range[] {
  const found: Range[] = []
  new Visitor({
    CallExpression({ callee, end }) {
      const isMeta = callee.type === 'MemberExpression' && !callee.computed && callee.property.name === 'meta'
      if (isMeta) found.push({ start: callee.object.end, end })
    },
    Property({ key, start, end }) {
      if (!TABLE.test(id) || key.type !== 'Identifier' || !FOR_READERS.includes(key.name)) return
      found.push({ start, end: code[end] === ',' ? end + 1 : end })
    },
  }).visit(parseSync(id, code).program)
  return found
}

/** The text without these parts, of which some lie in others. */
function cut(code: string, parts: readonly Range[]): string {
  let at = 0
  let rest = ''
  for (const { start, end } of parts.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue
    rest += code.slice(at, start)
    at = end
  }
  return rest + code.slice(at)
}
