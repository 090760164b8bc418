const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const SPACE = 0x20

/** Where the list is in the bytes of a page: between its brackets, entry by entry. */
interface ListRange {
  start: number
  end: number
  starts: number[]
  ends: number[]
  /** Values in each entry, roughly: its commas, brackets and braces. */
  values: number[]
  isTruncated: boolean
}

export interface Scan {
  /** Deepest nesting. */
  depth: number
  /** The text ends inside an object, array or string. */
  isOpen: boolean
  beginsAsJson: boolean
  /** The last list that stands under one of the names. */
  list?: ListRange
  /** Values that are not in the list. */
  valuesOutside: number
}

/**
 * One pass over the bytes of a JSON text: its nesting, whether it is whole, and where the entries of its list begin and
 * end. It does not judge the syntax, which is left to those who parse the parts.
 */
export function scanJson(body: Uint8Array, listNames: readonly string[], mostEntries: number): Scan {
  const scan: Scan = { depth: 0, isOpen: false, beginsAsJson: false, valuesOutside: 0 }
  const length = body.length
  let first = 0
  // a byte order mark is no sign of anything
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) first = 3
  while (first < length && (body[first] as number) <= SPACE) first++
  scan.beginsAsJson = isBeginningOfJson(body[first])
  const isContainer = body[first] === OPEN_BRACE || body[first] === OPEN_BRACKET

  let depth = 0
  let list: ListRange | undefined
  let listDepth = -1
  let entryStart = 0
  let values = 0
  let isBlank = true
  let keyStart = 0
  let keyEnd = 0
  let name: string | undefined

  const endEntry = (list: ListRange, end: number) => {
    if (list.starts.length < mostEntries) {
      list.starts.push(entryStart)
      list.ends.push(end)
      list.values.push(values)
    } else list.isTruncated = true
    values = 0
  }

  for (let i = first; i < length; i++) {
    const byte = body[i] as number
    if (byte <= SPACE) continue
    if (byte === QUOTE) {
      const start = i + 1
      for (i++; i < length && body[i] !== QUOTE; i++) if (body[i] === BACKSLASH) i++
      if (i >= length) return { ...scan, isOpen: isContainer }
      if (depth === 1 && listDepth !== 1) {
        keyStart = start
        keyEnd = i
      }
      isBlank = false
    } else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      values++
      isBlank = false
      depth++
      if (depth > scan.depth) scan.depth = depth
      const isList =
        byte === OPEN_BRACKET &&
        listDepth === -1 &&
        (depth === 1 ? listNames.includes('') : depth === 2 && name !== undefined && listNames.includes(name))
      if (isList) {
        scan.valuesOutside += values + (list ? list.values.reduce((sum, each) => sum + each + 1, 0) : 0)
        list = { start: i + 1, end: length, starts: [], ends: [], values: [], isTruncated: false }
        listDepth = depth
        entryStart = i + 1
        values = 0
        isBlank = true
      }
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      if (list && depth === listDepth) {
        if (!isBlank) endEntry(list, i)
        list.end = i
        scan.list = list
        listDepth = -1
        values = 0
      }
      depth--
      isBlank = false
    } else if (byte === COMMA) {
      values++
      if (list && depth === listDepth) {
        endEntry(list, i)
        entryStart = i + 1
      } else if (depth === 1) name = undefined
    } else if (byte === COLON) {
      if (depth === 1) name = decodeName(body, keyStart, keyEnd)
      isBlank = false
    } else isBlank = false
  }
  scan.valuesOutside += values
  scan.isOpen = isContainer && depth > 0
  return scan
}

/** Long names are nobody's list, and the empty one stands for the page itself. */
function decodeName(body: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start
  return length === 0 || length > 32 ? undefined : String.fromCharCode(...body.subarray(start, end))
}

/** An object, array, string, number or word; a web page or an event stream begins otherwise. */
function isBeginningOfJson(byte: number | undefined): boolean {
  return byte !== undefined && /[[{"\-0-9tfn]/.test(String.fromCharCode(byte))
}
