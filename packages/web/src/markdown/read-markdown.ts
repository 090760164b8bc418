import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens } from 'marked'
import type { Block, Inline, ListItem, ReadBlock } from './nodes.ts'

/** Deeper ones are shown as they were written. */
const MOST_LEVELS = 12
/** Of one block; a larger one is shown as it was written. */
const MOST_NODES = 2_000
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
}

/** A definition far below would change links that are shown already: it stays text, and so do they. */
class WithoutDefinitions extends Tokenizer {
  override def(): undefined {
    return undefined
  }
}

/**
 * Reads Markdown into blocks that together stand for the whole source. Strangers' text: HTML and pictures stay text, and
 * links lead to http(s) alone. Throws where nesting is too deep to be read at all.
 */
export function readMarkdown(source: string): ReadBlock[] {
  const tokens = new Lexer({ gfm: true, tokenizer: new WithoutDefinitions() }).lex(source)
  return tokens.map((token) => ({ length: token.raw.length, block: readWhole(token) }))
}

function readWhole(token: Token): Block | null {
  const room = { nodes: MOST_NODES }
  const block = readBlock(token as MarkedToken, room, 0)
  return room.nodes < 0 ? { type: 'text', text: token.raw } : block
}

/** How many nodes may still come. */
interface Room {
  nodes: number
}

function readBlock(token: MarkedToken, room: Room, level: number): Block | null {
  // a task's box belongs to its item
  if (token.type === 'space' || token.type === 'checkbox') return null
  room.nodes--
  if (level > MOST_LEVELS || room.nodes < 0) return { type: 'text', text: token.raw }
  switch (token.type) {
    case 'paragraph':
      return { type: 'paragraph', children: readInlines(token.tokens, room, level) }
    case 'heading':
      return { type: 'heading', level: token.depth, children: readInlines(token.tokens, room, level) }
    case 'text':
      return { type: 'paragraph', children: readInlines(token.tokens ?? [token], room, level) }
    case 'code':
      return { type: 'code', language: token.lang?.split(/\s/, 1)[0] ?? '', text: token.text }
    case 'blockquote':
      return { type: 'quote', children: readBlocks(token.tokens, room, level) }
    case 'list':
      return {
        type: 'list',
        start: token.ordered ? Number(token.start) : null,
        items: token.items.map((item) => readItem(item, room, level)),
      }
    case 'table':
      return {
        type: 'table',
        align: token.align,
        header: token.header.map(({ tokens }) => readInlines(tokens, room, level)),
        rows: token.rows.map((row) => row.map(({ tokens }) => readInlines(tokens, room, level))),
      }
    case 'hr':
      return { type: 'rule' }
    default:
      return { type: 'text', text: token.raw }
  }
}

function readBlocks(tokens: readonly Token[], room: Room, level: number): Block[] {
  return tokens
    .map((token) => readBlock(token as MarkedToken, room, level + 1))
    .filter((block) => block !== null)
}

function readItem({ task, checked, tokens }: Tokens.ListItem, room: Room, level: number): ListItem {
  return { isDone: task ? checked === true : null, children: readBlocks(tokens, room, level) }
}

function readInlines(tokens: readonly Token[], room: Room, level: number): Inline[] {
  return tokens.map((token) => readInline(token as MarkedToken, room, level + 1))
}

function readInline(token: MarkedToken, room: Room, level: number): Inline {
  room.nodes--
  if (level > MOST_LEVELS || room.nodes < 0) return token.raw
  switch (token.type) {
    case 'text':
      return token.text.replace(/&(?:amp|lt|gt|quot|#39|nbsp);/g, (entity) => ENTITIES[entity] ?? entity)
    case 'escape':
      return token.text
    case 'strong':
    case 'em':
    case 'del':
      return { type: token.type, children: readInlines(token.tokens, room, level) }
    case 'codespan':
      return { type: 'code', text: token.text }
    case 'br':
      return { type: 'break' }
    case 'link': {
      const address = addressOf(token)
      return address === null
        ? token.raw
        : { type: 'link', address, children: readInlines(token.tokens, room, level) }
    }
    case 'checkbox':
      return ''
    case 'html':
      // the only way to break a line in a table
      return /^<br\s*\/?>$/i.test(token.raw) ? { type: 'break' } : token.raw
    default:
      return token.raw
  }
}

/** As the browser will ask for it; null: it is not followed. */
function addressOf({ href }: Tokens.Link): string | null {
  const url = URL.parse(href)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username + url.password !== '') return null
  return url.href
}
