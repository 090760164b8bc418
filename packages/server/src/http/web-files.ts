import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { createEncodingChoice, isKnownToCaller } from './negotiation.ts'

/** What a bundle consists of; a file of any other kind is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}
const ENDING_OF = { br: 'br', gzip: 'gz' } as const
type Encoding = keyof typeof ENDING_OF
const ENCODINGS: readonly Encoding[] = ['br', 'gzip']
const START_PAGE = '/index.html'
/** Their names change with what is in them. */
const LASTING = '/assets/'
/** Where no page of the app is: what is not there is not there. */
const NO_PAGES = /^\/(api|health|docs|assets|openapi\.json)(\/|$)/

interface WebFile {
  type: string
  etag: string
  plain: Uint8Array<ArrayBuffer>
  encoded: Partial<Record<Encoding, Uint8Array<ArrayBuffer>>>
}

/** Headers that decide what is sent, as the caller said them. */
interface Asked {
  path: string
  accept: string | undefined
  acceptEncoding: string | undefined
  ifNoneMatch: string | undefined
}

/**
 * The files of a built bundle, read once: what is asked for is looked up and never joined to a path. `x.js.br` and
 * `x.js.gz` are sent in place of `x.js` to whoever takes them. Throws where the folder cannot be read.
 */
export function readWebFiles(folder: string) {
  const files = new Map<string, WebFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    files.set(`/${relative(folder, file).replaceAll(sep, '/')}`, readWebFile(file, type))
  }
  const chooseEncoding = createEncodingChoice(ENCODINGS)

  /** Whoever opens an address of the app in a browser gets the app, which knows its pages. */
  function find({ path, accept }: Asked): [string, WebFile] | undefined {
    const isPage = path === '/' || (!NO_PAGES.test(path) && accept?.includes('text/html') === true)
    const name = files.has(path) ? path : isPage ? START_PAGE : undefined
    const file = name === undefined ? undefined : files.get(name)
    return name === undefined || !file ? undefined : [name, file]
  }

  /** Undefined where there is nothing of the app. */
  return (asked: Asked): Response | undefined => {
    const [name, file] = find(asked) ?? []
    if (name === undefined || !file) return undefined
    const headers = new Headers({
      etag: file.etag,
      'cache-control': name.startsWith(LASTING) ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: name === START_PAGE ? 'accept, accept-encoding' : 'accept-encoding',
    })
    if (isKnownToCaller(asked.ifNoneMatch, file.etag)) return new Response(null, { status: 304, headers })
    const encoding = chooseEncoding(asked.acceptEncoding)
    const encoded = encoding && file.encoded[encoding]
    const bytes = encoded ?? file.plain
    headers.set('content-type', file.type)
    headers.set('content-length', `${bytes.length}`)
    if (encoded) headers.set('content-encoding', encoding)
    return new Response(bytes, { headers })
  }
}

export type AnswerWithWebFile = ReturnType<typeof readWebFiles>

function readWebFile(file: string, type: string): WebFile {
  const plain = new Uint8Array(readFileSync(file))
  const encoded: WebFile['encoded'] = {}
  for (const encoding of ENCODINGS) {
    const name = `${file}.${ENDING_OF[encoding]}`
    if (existsSync(name)) encoded[encoding] = new Uint8Array(readFileSync(name))
  }
  const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 27)
  return { type, etag: `W/"${hash}"`, plain, encoded }
}
