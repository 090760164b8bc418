import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'

export interface BlackHole {
  close(): Promise<void>
}

/**
 * Listens, then never runs its event loop again, so that nothing is ever accepted. Plain text rather than a
 * file, because a bundled program has no file beside it to start.
 */
const deafListener = `
  const { createServer } = require('node:net')
  const { parentPort, workerData } = require('node:worker_threads')
  const server = createServer()
  server.once('error', (error) => parentPort.postMessage(error.code))
  server.listen({ host: workerData.host, port: workerData.port, backlog: 1 }, () => {
    parentPort.postMessage('listening')
    Atomics.wait(workerData.signal, 0, 0)
    process.exit()
  })
`

/** Linux keeps backlog + 1 connections waiting; a few more make sure that the next SYN is dropped. */
const FILLERS = 4
const FILL_TIME_MS = 40

/** A port on which connecting hangs: the kernel's queue is full and further SYNs are dropped. */
export async function createBlackHole(host: string, port: number): Promise<BlackHole> {
  const signal = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(deafListener, { eval: true, workerData: { host, port, signal } })
  const outcome = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (outcome !== 'listening') throw new Error(`The black hole could not listen on port ${port}: ${outcome}`)
  const fillers = Array.from({ length: FILLERS }, () => fill(host, port))
  await new Promise((resolve) => setTimeout(resolve, FILL_TIME_MS))
  return {
    async close() {
      for (const filler of fillers) filler.destroy()
      Atomics.store(signal, 0, 1)
      Atomics.notify(signal, 0)
      await worker.terminate()
    },
  }
}

function fill(host: string, port: number): Socket {
  const socket = connect({ host, port })
  // Fillers beyond the queue never connect, and all are reset at the end.
  socket.on('error', () => {})
  socket.unref()
  return socket
}
