import type { ReadSource } from './growing-markdown.ts'
import type { WorkerAnswer } from './markdown-worker.ts'

/** No source of ordinary words takes a hundredth of it, once the worker is there. */
const PATIENCE_MS = 5_000

/** Reads one source after the other beside the page, and gives up on what takes too long. */
export function createReaderBeside(): { read: ReadSource; close: () => void } {
  let worker: Worker | undefined
  let isReady = false
  const close = () => {
    worker?.terminate()
    worker = undefined
  }
  const read: ReadSource = (source) =>
    new Promise((resolve) => {
      worker ??= new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' })
      let timer: ReturnType<typeof setTimeout> | undefined
      const end = (answer: Exclude<WorkerAnswer, 'ready'>) => {
        clearTimeout(timer)
        if (answer === null) close()
        resolve(answer)
      }
      const begin = () => {
        isReady = true
        timer = setTimeout(end, PATIENCE_MS, null)
      }
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => (data === 'ready' ? begin() : end(data))
      // it could not be loaded, or ended of itself
      worker.onerror = () => end(null)
      worker.postMessage(source)
      if (isReady) begin()
    })
  return { read, close }
}
