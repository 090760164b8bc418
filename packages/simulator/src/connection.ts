import type { Socket } from 'node:net'

let connectionCount = 0

/** One accepted socket, and whatever must end with it. */
export interface Connection {
  id: number
  /** The TCP socket, below TLS where there is TLS. */
  socket: Socket
  requestCount: number
  after(milliseconds: number, act: () => void): void
  every(milliseconds: number, act: () => void): void
}

export function createConnection(socket: Socket): Connection {
  const timers = new Set<NodeJS.Timeout>()
  socket.once('close', () => {
    for (const timer of timers) clearTimeout(timer)
  })
  // Clients that give up reset their sockets; for a simulator that is an ordinary day.
  socket.on('error', () => {})
  connectionCount += 1
  return {
    id: connectionCount,
    socket,
    requestCount: 0,
    after(milliseconds, act) {
      const timer = setTimeout(() => {
        timers.delete(timer)
        act()
      }, milliseconds)
      timers.add(timer)
    },
    every(milliseconds, act) {
      timers.add(setInterval(act, milliseconds))
    },
  }
}
