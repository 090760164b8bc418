import { readFile } from 'node:fs/promises'
import { type Plugin, parseSync, Visitor } from 'vite'

/** Where Zod turns schemas into JSON Schema: the server does, for OpenAPI; no page ever will. */
const JSON_SCHEMA = /zod\/v4\/core\/(json-schema-processors|to-json-schema)\.js$/
/** The table of endpoints, and what of a row is there for its readers alone. */
const TABLE = /core\/src\/schema\/endpoints\.ts$/
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

/** Two more: what the table of endpoints says to people. */
export function withoutDocumentation(): Plugin {
  return {
    name: 'without-documentation',
    enforce: 'pre',
    transform(code, id) {
      if (!TABLE.test(id)) return null
      const left: { start: number; end: number }[] = []
      new Visitor({
        Property(node) {
          if (node.key.type === 'Identifier' && FOR_READERS.includes(node.key.name)) left.push(node)
        },
      }).visit(parseSync(id, code).program)
      return left
        .toSorted((a, b) => b.start - a.start)
        .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end).replace(/^,/, ''), code)
    },
  }
}
