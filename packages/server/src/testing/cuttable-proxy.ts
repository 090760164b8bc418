import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server that a test can take away, and give back. */
export interface CuttableProxy {
  port: number
  /** Ends what is open and refuses what comes. */
  cut(): void
  /** Lets no byte through any more, and tells nobody: what is open now stays so and is dead for good. */
  freeze(): void
  /** Keeps every byte to itself until all is restored. */
  hold(): void
  restore(): void
  openConnections(): number
  close(): Promise<void>
}

export async function startCuttableProxy(targetPort: number): Promise<CuttableProxy> {
  const open = new Set<Socket>()
  let state: 'open' | 'cut' | 'frozen' | 'held' = 'open'
  /** What was open when it froze. */
  let dead = new WeakSet<Socket>()
  const server = createServer((near) => {
    if (state === 'cut') {
      near.destroy()
      return
    }
    const far = connect(targetPort, '127.0.0.1')
    const join = (from: Socket, to: Socket) => {
      open.add(from)
      if (state === 'frozen') dead.add(from)
      from.on('error', () => {}) // 'close' follows
      from.on('data', (bytes) => {
        if (!dead.has(from)) to.write(bytes)
      })
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
      if (state === 'held') from.pause()
    }
    join(near, far)
    join(far, near)
  })
  const endAll = () => {
    for (const socket of open) socket.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = 'cut'
      endAll()
    },
    freeze() {
      state = 'frozen'
      dead = new WeakSet(open)
    },
    hold() {
      state = 'held'
      for (const socket of open) socket.pause()
    },
    restore() {
      state = 'open'
      for (const socket of open) socket.resume()
    },
    openConnections: () => open.size / 2,
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
