import type { Block, ReadBlock } from './nodes.ts'

/** Beyond it the rest is shown as it was written. */
const MOST_CHARS = 100_000
const MOST_BLOCKS = 5_000

export interface PlacedBlock {
  /** Where in the text it begins. */
  at: number
  block: Block
}

/** As far as a text has been read. */
export interface ReadMarkdown {
  blocks: readonly PlacedBlock[]
  /** UTF-16 units of the text that these blocks stand for. */
  end: number
  /** What follows will not be read: it is too long, or too much for a reader. */
  isGivenUp: boolean
}

/** Reads one source in the background; null: it cannot be read, or not in time. */
export type ReadSource = (source: string) => Promise<readonly ReadBlock[] | null>

/**
 * Reads a text while it grows: what has ended is not read again, only the last block and what came since. Each block
 * that stays the same stays the same object.
 */
export function createGrowingMarkdown(read: ReadSource, show: (read: ReadMarkdown) => void) {
  let text = ''
  let isReading = false
  let settled: readonly PlacedBlock[] = []
  let settledTo = 0
  let shownTo = 0
  let isGivenUp = false

  function giveUp(): void {
    isGivenUp = true
    show({ blocks: settled, end: settledTo, isGivenUp })
  }

  async function readOn(): Promise<void> {
    if (isReading || isGivenUp || shownTo === text.length) return
    if (text.length > MOST_CHARS || settled.length > MOST_BLOCKS) return giveUp()
    isReading = true
    const source = text.slice(settledTo)
    const blocks = await read(source)
    isReading = false
    if (blocks === null || blocks.reduce((sum, { length }) => sum + length, 0) !== source.length) {
      return giveUp()
    }
    const placed = placedFrom(settledTo, blocks)
    shownTo = settledTo + source.length
    show({ blocks: [...settled, ...placed], end: shownTo, isGivenUp })
    // whatever comes next goes on with the last one
    settled = [...settled, ...placed.slice(0, -1)]
    settledTo = placed.at(-1)?.at ?? settledTo
    return readOn()
  }

  return {
    /** The text as it is by now: it only ever grows. */
    grow(grown: string): void {
      text = grown
      void readOn()
    },
  }
}

function placedFrom(start: number, blocks: readonly ReadBlock[]): PlacedBlock[] {
  let at = start
  return blocks.flatMap(({ length, block }) => {
    const begun = at
    at += length
    return block === null ? [] : [{ at: begun, block }]
  })
}
