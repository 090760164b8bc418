import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, constants, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { recordEvidence } from './evidence.ts'

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  br: (bytes) => brotliDecompressSync(bytes, { finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  gzip: (bytes) => gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }),
  zstd: (bytes) => zstdDecompressSync(bytes, { finishFlush: constants.ZSTD_e_flush }),
}

const recorded = new Set<string>()

/**
 * From now on every answer of the server there is evidence, head and body, whoever asked and in whatever way. Returns
 * how to stop it: later the port may be another server's.
 */
export function recordResponses(address: string): () => void {
  const { port } = new URL(address)
  if (recorded.size === 0) subscribe('http.server.request.start', begin)
  recorded.add(port)
  return () => {
    recorded.delete(port)
    if (recorded.size === 0) unsubscribe('http.server.request.start', begin)
  }
}

function begin(message: unknown): void {
  const { request, response, server } = message as {
    request: IncomingMessage
    response: ServerResponse
    server: Server
  }
  if (!recorded.has(`${(server.address() as AddressInfo | null)?.port}`)) return
  const chunks: Buffer[] = []
  for (const name of ['write', 'end'] as const) {
    const write = response[name].bind(response) as (...given: unknown[]) => never
    response[name] = (...given: unknown[]) => {
      const [chunk, encoding] = given
      if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, encoding as BufferEncoding))
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk))
      return write(...given)
    }
  }
  response.once('close', () => {
    // what really went out: some heads are written past `setHeader`
    const head = `${(response as unknown as { _header?: string })._header}`
    recordEvidence('response', `${request.method} ${request.url}\n${head}`)
    recordEvidence('response', decode(Buffer.concat(chunks), head).toString('latin1'))
  })
}

function decode(body: Buffer, head: string): Buffer {
  const decoder = DECODERS[/^content-encoding: (\w+)/im.exec(head)?.[1] ?? '']
  return decoder && body.length > 0 ? decoder(body) : body
}
