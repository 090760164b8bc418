import { randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { Catalogue } from '@rollcall/core'
import type { Environment } from './environment.ts'

interface KeptCatalogue {
  catalogue: Catalogue
  etag: string | undefined
  /** Milliseconds since the epoch, when its server last said that it is this one. */
  checkedAt: number
}

/**
 * The last catalogue of each address, in a folder of the user's own. It is only a copy: what cannot be read or written
 * is as if it were not there.
 */
export interface CatalogueCache {
  read(url: string): KeptCatalogue | undefined
  write(url: string, kept: KeptCatalogue): void
}

export function openCatalogueCache(environment: Environment): CatalogueCache {
  const file = join(cacheFolder(environment), 'rollcall', 'catalogue.json')
  return {
    read(url) {
      try {
        const kept = JSON.parse(readFileSync(file, 'utf8'))
        const { etag, checked_at: checkedAt } = kept
        if (kept.url !== url || !Number.isFinite(checkedAt)) return undefined
        const catalogue = Catalogue.parse(kept.catalogue)
        return { catalogue, etag: typeof etag === 'string' ? etag : undefined, checkedAt }
      } catch {
        return undefined // there is none, or it is damaged: it is fetched anew
      }
    },
    write(url, { catalogue, etag, checkedAt }) {
      try {
        mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
        replace(file, JSON.stringify({ url, etag, checked_at: checkedAt, catalogue }))
      } catch {
        // a full or read-only disk: the next run asks again
      }
    },
  }
}

/** Whole or not at all, also where several runs do it at once. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${randomUUID().slice(0, 8)}.new`
  try {
    writeFileSync(temporary, text, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, file)
  } finally {
    rmSync(temporary, { force: true })
  }
}

function cacheFolder({ XDG_CACHE_HOME, LOCALAPPDATA, HOME }: Environment): string {
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA
  // a relative one does not count, says the XDG specification
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME
  return join(HOME || homedir(), '.cache')
}
