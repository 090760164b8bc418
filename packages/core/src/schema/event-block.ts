/** One event of a `text/event-stream`. */
export interface StreamEvent {
  event: string
  data: string
  /** Where to go on from after it; absent where the stream does not say. */
  id?: string
}

/** An event from the lines between two empty ones; undefined for one without data, such as a sign of life. */
export function parseEventBlock(block: string): StreamEvent | undefined {
  let event = 'message'
  let id: string | undefined
  const data: string[] = []
  // no patterns: a dot ends at U+2028, which JSON leaves as it is
  for (const line of block.split('\n')) {
    if (line.startsWith('event:')) event = line.slice(6).trim()
    else if (line.startsWith('id:')) id = line.slice(3).trim()
    else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
  }
  if (data.length === 0) return undefined
  return { event, data: data.join('\n'), ...(id === undefined ? {} : { id }) }
}
