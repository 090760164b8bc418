import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** With `onlyV4`, questions for IPv6 are left unanswered. */
export type Reply = { v4: string[]; onlyV4?: true } | 'not found' | 'silence'

/** A real name server on loopback that knows only what it is given. Asked for IPv6 it has nothing. */
export async function startNameServer(names: Readonly<Record<string, Reply>>) {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (query, { address, port }) => {
    const { name, type, questionEnd } = readQuestion(query)
    asked.push(name)
    const reply = names[name] ?? 'not found'
    if (reply === 'silence' || (reply !== 'not found' && reply.onlyV4 && type !== 1)) return
    const addresses = reply === 'not found' || type !== 1 ? [] : reply.v4
    const header = Buffer.from(query.subarray(0, 12))
    header.writeUInt16BE(reply === 'not found' ? 0x8183 : 0x8180, 2)
    header.writeUInt16BE(addresses.length, 6)
    header.writeUInt32BE(0, 8)
    const answers = addresses.map((ip) =>
      Buffer.concat([
        // the name by reference, type A, class IN, no time to live, four bytes
        Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4]),
        Buffer.from(ip.split('.').map(Number)),
      ]),
    )
    socket.send(Buffer.concat([header, query.subarray(12, questionEnd), ...answers]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  }
}

function readQuestion(query: Buffer): { name: string; type: number; questionEnd: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), questionEnd: at + 5 }
}
