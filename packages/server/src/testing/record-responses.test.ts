import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { recordResponses } from './record-responses.ts'

const servers: Server[] = []
const recordings: (() => void)[] = []
afterEach(() => {
  for (const stop of recordings.splice(0)) stop()
  for (const server of servers.splice(0)) server.close()
})

async function ask(answer: RequestListener): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  recordings.push(recordResponses(address))
  return address
}

function isEvidence(mark: string): boolean {
  const folder = process.env.ROLLCALL_EVIDENCE_DIR ?? ''
  return readdirSync(folder)
    .filter((name) => name.startsWith('response-'))
    .some((name) => readFileSync(join(folder, name)).includes(mark))
}

const newMark = () => `mark${crypto.randomUUID()}`

it.each([
  [
    'in one piece',
    (mark: string): RequestListener =>
      (_, response) =>
        response.end(`{"a":"${mark}"}`),
  ],
  [
    'in pieces',
    (mark: string): RequestListener =>
      (_, response) => {
        response.write(mark.slice(0, 9))
        response.write(Buffer.from(mark.slice(9, 20)))
        response.end(mark.slice(20))
      },
  ],
  [
    'in a header',
    (mark: string): RequestListener =>
      (_, response) =>
        response.setHeader('x-mark', mark).end(),
  ],
  [
    'in a head of its own',
    (mark: string): RequestListener =>
      (_, response) =>
        response.writeHead(200, ['x-mark', mark]).end(),
  ],
  ...Object.entries({ br: brotliCompressSync, gzip: gzipSync, zstd: zstdCompressSync }).map(
    ([encoding, compress]) =>
      [
        `in ${encoding}`,
        (mark: string): RequestListener =>
          (_, response) =>
            response.writeHead(200, ['content-encoding', encoding]).end(compress(mark)),
      ] as const,
  ),
] as const)('an answer is evidence %s', async (_how, answer) => {
  const mark = newMark()
  const address = await ask(answer(mark))
  await (await fetch(address)).arrayBuffer()
  await expect.poll(() => isEvidence(mark)).toBe(true)
})

it('an answer that is cut off in the middle is evidence as far as it went', async () => {
  const mark = newMark()
  const address = await ask((_, response) => {
    response.writeHead(200, ['content-encoding', 'gzip'])
    // without its end
    response.write(gzipSync(mark).subarray(0, -8))
  })
  const response = await fetch(address)
  await response.body?.cancel()
  await expect.poll(() => isEvidence(mark)).toBe(true)
})

it('an answer is none any more once that is stopped', async () => {
  const mark = newMark()
  const address = await ask((_, response) => response.end(mark))
  const other = newMark()
  const kept = await ask((_, response) => response.end(other))
  recordings.shift()?.()
  await (await fetch(address)).text()
  await (await fetch(kept)).text()
  await expect.poll(() => isEvidence(other)).toBe(true)
  expect(isEvidence(mark)).toBe(false)
})

it('what other servers answer is none of ours', async () => {
  const mark = newMark()
  const server = createServer((_, response) => response.end(mark)).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  await (await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)).text()
  const own = newMark()
  await (await fetch(await ask((_, response) => response.end(own)))).text()
  await expect.poll(() => isEvidence(own)).toBe(true)
  expect(isEvidence(mark)).toBe(false)
})
