import { connect, type Socket } from 'node:net'

const CONNECTIONS = 32
const HEAD_END = Buffer.from('\r\n\r\n')

/** As many answers as can be had in so long over 32 kept connections, one question at a time on each. */
export async function answersPerSecond(
  address: string,
  headers: Record<string, string>,
  forMs: number,
): Promise<number> {
  const { hostname, port, pathname, host } = new URL(address)
  const lines = [
    `GET ${pathname} HTTP/1.1`,
    `host: ${host}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  const question = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  let answers = 0
  let isOver = false
  const startedAt = performance.now()
  const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(hostname, Number(port))))
  const ended = sockets.map(
    (socket) =>
      new Promise<void>((resolve, reject) => {
        const ask = () => {
          if (!isOver) socket.write(question)
          else {
            socket.destroy()
            resolve()
          }
        }
        socket.on('error', reject)
        readAnswers(socket, () => {
          answers++
          ask()
        })
        ask()
      }),
  )
  setTimeout(() => {
    isOver = true
  }, forMs)
  await Promise.all(ended)
  return (answers / (performance.now() - startedAt)) * 1000
}

/** Only counts bytes: whoever measures should not be what is measured. */
function readAnswers(socket: Socket, onAnswer: () => void): void {
  let head = Buffer.alloc(0)
  let bodyLeft = -1
  socket.on('data', (chunk) => {
    let rest = chunk
    while (rest.length > 0) {
      if (bodyLeft < 0) {
        const all = head.length === 0 ? rest : Buffer.concat([head, rest])
        const end = all.indexOf(HEAD_END)
        if (end < 0) {
          head = all
          return
        }
        const text = all.toString('latin1', 0, end)
        const status = Number(text.slice(9, 12))
        if (status !== 200 && status !== 304) throw new Error(`answered ${status}`)
        bodyLeft = status === 304 ? 0 : Number(/content-length: (\d+)/i.exec(text)?.[1])
        rest = all.subarray(end + HEAD_END.length)
        head = Buffer.alloc(0)
      }
      const taken = Math.min(bodyLeft, rest.length)
      bodyLeft -= taken
      rest = rest.subarray(taken)
      if (bodyLeft > 0) return
      bodyLeft = -1
      onAnswer()
    }
  })
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })
}
