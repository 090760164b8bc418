import type { ReadSource } from './growing-markdown.ts'
import type { WorkerAnswer } from './markdown-worker.ts'

/** No source of ordinary words takes a tenth of it. */
const PATIENCE_MS = 2_000

/** Reads one source after the other beside the page, and gives up on what takes too long. */
export function createReaderBeside(): { read: ReadSource; close: () => void } {
  let worker: Worker | undefined
  const close = () => {
    worker?.terminate()
    worker = undefined
  }
  const read: ReadSource = (source) =>
    new Promise((resolve) => {
      worker ??= new Worker(new URL('./markdown-worker.ts', import.meta.url), { type: 'module' })
      const timer = setTimeout(end, PATIENCE_MS, null)
      function end(answer: WorkerAnswer) {
        clearTimeout(timer)
        if (answer === null) close()
        resolve(answer)
      }
      worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => end(data)
      // it could not be loaded, or ended of itself
      worker.onerror = () => end(null)
      worker.postMessage(source)
    })
  return { read, close }
}
