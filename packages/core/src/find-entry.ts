import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { monthOf, stampOf } from './dated-id.ts'
import type { Model } from './schema/model.ts'

/** A model by the names its provider uses for it, each as in our ids: after the provider's key and a slash. */
export interface Names {
  provider: string
  id: string
  aliases: readonly string[]
  /** The month of the snapshot that this is or, as its provider says, stands for. */
  month: string | undefined
  /** It says no month itself, so that it may stand for another snapshot tomorrow. */
  isMoving: boolean
  /** The undated name, unless several snapshots share it and nobody says which of them it means. */
  undated: string | undefined
}

type Index = ReadonlyMap<string, CatalogueEntry>

const indexes = new WeakMap<Catalogue, Index>()
const NONE: readonly string[] = []

/** By our ids, made once for each catalogue. */
function indexOf(catalogue: Catalogue): Index {
  let index = indexes.get(catalogue)
  if (!index) {
    index = new Map(
      Object.entries(catalogue.providers).flatMap(([provider, entries]) =>
        entries.map((entry) => [`${provider}/${entry.id}`, entry] as const),
      ),
    )
    indexes.set(catalogue, index)
  }
  return index
}

/** The names of every model of a list, in its order. */
export function namesOf(models: readonly Model[]): Names[] {
  const snapshots = new Map<string, number>()
  let provider = ''
  const all = models.map(({ id, aliases = NONE, snapshot_of: alias }): Names => {
    const slash = id.indexOf('/')
    // one string for all is looked up quicker than many that are alike
    if (slash !== provider.length || !id.startsWith(provider)) provider = id.slice(0, slash)
    const stamp = stampOf(id)
    const undated = alias ?? stamp?.undated
    if (undated !== undefined) snapshots.set(undated, (snapshots.get(undated) ?? 0) + 1)
    const month = stamp?.month ?? newest(aliases)
    return { provider, id, aliases, month, isMoving: stamp?.month !== month, undated }
  })
  for (const names of all) {
    if (names.undated !== undefined && snapshots.get(names.undated) !== 1) names.undated = undefined
  }
  return all
}

function newest(names: readonly string[]): string | undefined {
  let latest: string | undefined
  for (const name of names) {
    const month = monthOf(name)
    if (month !== undefined && (latest === undefined || month > latest)) latest = month
  }
  return latest
}

/** Google and OpenAI point these at every new release, and no list says at which. */
const EXCHANGED = /^(google\/gemini-[a-z-]+|openai\/chat)-latest$/

/** A name that may stand for any version today: nothing that is written of it is sure to be of that one. */
export function isExchanged({ id }: Names): boolean {
  return id.endsWith('-latest') && EXCHANGED.test(id)
}

/**
 * What the catalogue says of a model: under its exact id, else one of its provider's aliases, else its undated name. A
 * name that moves on is first looked for under the dated one that it stands for. Never under a name that only looks
 * alike, never what was written before the snapshot existed, and nothing for a name that may mean any version.
 */
export function findEntry(catalogue: Catalogue, names: Names): CatalogueEntry | undefined {
  if (isExchanged(names)) return undefined
  const index = indexOf(catalogue)
  const { id, aliases, month, isMoving, undated } = names
  const dated = isMoving ? aliases.find((alias) => monthOf(alias) === month) : undefined
  const first = (dated === undefined ? undefined : entryAt(index, dated, month)) ?? entryAt(index, id, month)
  if (first) return first
  for (const alias of aliases) {
    const entry = entryAt(index, alias, month)
    if (entry) return entry
  }
  return undated === undefined ? undefined : entryAt(index, undated, month)
}

function entryAt(index: Index, name: string, month: string | undefined): CatalogueEntry | undefined {
  const entry = index.get(name)
  return entry && (month === undefined || speaksOf(entry, month)) ? entry : undefined
}

/** `mistral-large-latest` moves on, and what was written of it may be of its last meaning. */
function speaksOf({ id, updated, released_at: released }: CatalogueEntry, month: string): boolean {
  const own = monthOf(id)
  if (own !== undefined) return own === month
  const written = updated ?? released
  return written !== undefined && written.slice(0, 7) >= month
}
