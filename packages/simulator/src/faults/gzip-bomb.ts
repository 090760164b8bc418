import { constants, crc32, deflateRawSync } from 'node:zlib'
import { aroundEntries } from '../exchange.ts'
import type { SimulatedProvider } from '../simulated-provider.ts'
import type { ListAnswer } from '../well-answer.ts'

const MEBIBYTE = 1024 * 1024
const BLOCKS = 208

const made = new Map<SimulatedProvider, Buffer>()

/**
 * A well-formed empty list with 208 MiB of spaces in it. One mebibyte is compressed once; a full flush makes
 * its bytes repeatable, so that the whole never exists.
 */
export function gzipBomb(provider: SimulatedProvider, list: ListAnswer): Buffer {
  const known = made.get(provider)
  if (known) return known
  const [before, after] = aroundEntries(list).map((part) => Buffer.from(part)) as [Buffer, Buffer]
  const spaces = Buffer.alloc(MEBIBYTE, ' ')
  const flush = { level: 9, finishFlush: constants.Z_FULL_FLUSH }
  const block = deflateRawSync(spaces, flush)
  let checksum = crc32(before)
  for (let count = 0; count < BLOCKS; count++) checksum = crc32(spaces, checksum)
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(after, checksum), 0)
  trailer.writeUInt32LE(before.length + BLOCKS * MEBIBYTE + after.length, 4)
  const bomb = Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]),
    deflateRawSync(before, flush),
    ...Array.from({ length: BLOCKS }, () => block),
    deflateRawSync(after),
    trailer,
  ])
  made.set(provider, bomb)
  return bomb
}
