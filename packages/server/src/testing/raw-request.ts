import { connect, type Socket } from 'node:net'
import { recordEvidence } from './evidence.ts'

/** A connection on which a test says exactly what it wants, in the wrong form too. */
export interface RawConnection {
  socket: Socket
  send(text: string | Uint8Array): void
  /** All that came so far. */
  received(): string
  /** Until what came matches. */
  until(pattern: RegExp): Promise<string>
  /** Until the other side has closed it. */
  closed(): Promise<string>
  destroy(): void
}

export async function openRaw(address: string): Promise<RawConnection> {
  const { hostname, port } = new URL(address)
  const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''))
  let text = ''
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  socket.setEncoding('latin1')
  socket.on('data', (chunk) => {
    text += chunk
    tell()
  })
  socket.on('error', () => {}) // 'close' follows
  socket.on('close', () => {
    recordEvidence('response', text)
    tell()
  })
  const when = (isSo: () => boolean, what: string) =>
    new Promise<string>((resolve, reject) => {
      const check = () => {
        if (isSo()) resolve(text)
        else if (socket.closed) reject(new Error(`closed before ${what}; received: ${text.slice(0, 500)}`))
        else return
        listeners.delete(check)
      }
      listeners.add(check)
      check()
    })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('error', reject)
  })
  return {
    socket,
    send: (bytes) => void socket.write(bytes),
    received: () => text,
    until: (pattern) => when(() => pattern.test(text), `${pattern}`),
    closed: () => when(() => socket.closed, 'it was closed'),
    destroy: () => void socket.destroy(),
  }
}

/** One request as written, on a connection of its own; the answer is read to its end. Its length is added to a body. */
export async function sendRaw(
  address: string,
  requestLine: string,
  headers: readonly string[] = [],
  body = '',
): Promise<{ status: number; head: string; body: string }> {
  const connection = await openRaw(address)
  const length = body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  connection.send(`${[requestLine, ...headers, ...length, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const [head = '', ...rest] = (await connection.closed()).split('\r\n\r\n')
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), head, body: rest.join('\r\n\r\n') }
}
