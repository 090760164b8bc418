import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const SOURCES = fileURLToPath(new URL('contenders', import.meta.url))
const PAGES = ['bare', 'cmdk', 'select'] as const
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
}

export interface BenchModel {
  id: string
  name: string
}

/** Serves the pages beside which ours is measured, built as ours is, with the same models. */
export async function startContenderSite() {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-contenders-'))
  await build({
    root: SOURCES,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2024',
      rollupOptions: { input: PAGES.map((page) => join(SOURCES, `${page}.html`)) },
    },
  })
  let models: readonly BenchModel[] = []
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://127.0.0.1').pathname
    const body =
      path === '/models.json' ? JSON.stringify(models) : await readFile(join(folder, path)).catch(() => '')
    response
      .writeHead(body === '' ? 404 : 200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' })
      .end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    offer(next: readonly BenchModel[]) {
      models = next
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
