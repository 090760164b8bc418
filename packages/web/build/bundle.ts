import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
const CORE = fileURLToPath(new URL('../../core/src', import.meta.url))
const LOCK = fileURLToPath(new URL('../../../package-lock.json', import.meta.url))
const FOLDER = join(PACKAGE, 'dist')
/** What the bundle in a folder was made of. */
const MADE_OF = 'made-of.txt'
const COMPRESSIBLE = /\.(js|css|html|svg|json)$/
const WORTH_COMPRESSING_BYTES = 1024

/** The folder of the built web app, built first where it is missing or older than its sources. Throws where that fails. */
export async function ensureBundle(): Promise<string> {
  const sources = await hashSources()
  if ((await readMadeOf()) === sources) return FOLDER
  const { build } = await import('vite')
  const fresh = await mkdtemp(join(PACKAGE, '.dist-'))
  const { NODE_ENV } = process.env
  // a test runner sets another, with which React's development build would be taken
  process.env.NODE_ENV = 'production'
  try {
    await build({
      configFile: join(PACKAGE, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: fresh, emptyOutDir: true },
    })
    await compressAll(fresh)
    await writeFile(join(fresh, MADE_OF), sources)
    await replaceFolder(fresh)
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
    await rm(fresh, { recursive: true, force: true })
  }
  return FOLDER
}

/** Whoever started at the same moment has built the same: its folder is as good as ours. */
async function replaceFolder(fresh: string): Promise<void> {
  const old = `${fresh}-old`
  if (existsSync(FOLDER)) await rename(FOLDER, old).catch(() => undefined) // another one was quicker
  try {
    await rename(fresh, FOLDER)
  } catch {
    // it is there already; what it lacks, if anything, is added
    await cp(fresh, FOLDER, { recursive: true })
  }
  await rm(old, { recursive: true, force: true })
}

async function readMadeOf(): Promise<string | undefined> {
  try {
    return await readFile(join(FOLDER, MADE_OF), 'utf8')
  } catch {
    return undefined // nothing was built so far
  }
}

async function hashSources(): Promise<string> {
  const folders = [join(PACKAGE, 'src'), join(PACKAGE, 'public'), join(PACKAGE, 'build'), CORE]
  const files = (await Promise.all(folders.map(filesBelow)))
    .flat()
    .concat(['index.html', 'vite.config.ts', 'package.json'].map((name) => join(PACKAGE, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort()
  const hash = createHash('sha256')
  for (const file of existsSync(LOCK) ? [...files, LOCK] : files) {
    const content = await readFile(file)
    hash.update(`${file.slice(PACKAGE.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/** Once here instead of at every request. */
async function compressAll(folder: string): Promise<void> {
  const files = (await filesBelow(folder)).filter((file) => COMPRESSIBLE.test(file))
  await Promise.all(
    files.map(async (file) => {
      const plain = await readFile(file)
      if (plain.length < WORTH_COMPRESSING_BYTES) return
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(plain, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }),
        promisify(gzip)(plain, { level: 9 }),
      ])
      await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
    }),
  )
}
