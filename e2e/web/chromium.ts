import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packed, { inflate } from '@sparticuz/chromium'
import { chromium, type LaunchOptions } from 'playwright-core'

const PACKAGE = new URL('../../node_modules/@sparticuz/chromium/', import.meta.url)
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))

/** Starts the browser that came with `npm ci`; CHROME_PATH names another one. Nothing is downloaded. */
export async function startBrowserServer() {
  return chromium.launchServer(await findBrowser())
}

export async function findBrowser(): Promise<LaunchOptions> {
  const { CHROME_PATH } = process.env
  if (CHROME_PATH) return { executablePath: CHROME_PATH }
  // it is packed for this one kind of machine; elsewhere a Chrome is looked for where it is usually installed
  if (process.platform !== 'linux' || process.arch !== 'x64') return { channel: 'chrome' }
  const folder = await unpackBrowser()
  return {
    executablePath: join(folder, 'chromium'),
    args: ['--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  }
}

/** With its libraries and a font, which a bare machine may lack. Whole or not there at all, whoever else starts. */
async function unpackBrowser(): Promise<string> {
  const { version } = JSON.parse(await readFile(new URL('package.json', PACKAGE), 'utf8'))
  const folder = join(CACHE, `chromium-${version}`)
  if (existsSync(folder)) return folder
  await mkdir(CACHE, { recursive: true })
  const fresh = await mkdtemp(join(CACHE, '.chromium-'))
  const { TMPDIR } = process.env
  // the package knows no other way to say where to
  process.env.TMPDIR = fresh
  try {
    await packed.executablePath()
    await inflate(fileURLToPath(new URL('bin/al2023.tar.br', PACKAGE)))
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = TMPDIR
  }
  await writeFile(join(fresh, 'fonts.conf'), fontsBelow('/usr/share/fonts', join(folder, 'fonts')))
  try {
    await rename(fresh, folder)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else somebody was quicker
  }
  return folder
}

function fontsBelow(...folders: string[]): string {
  const dirs = folders.map((folder) => `<dir>${folder}</dir>`).join('')
  return `<?xml version="1.0"?><fontconfig>${dirs}<cachedir>${folders.at(-1)}/.cache</cachedir></fontconfig>\n`
}
