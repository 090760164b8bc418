import type { Catalogue, CatalogueEntry } from './catalogue.ts'
import { monthOf, stampOf } from './dated-id.ts'
import type { Model } from './schema/model.ts'

/** A model by the names its provider uses for it. */
export interface Names {
  provider: string
  /** As the provider writes it. */
  id: string
  aliases: readonly string[]
  /** The month of the snapshot that this is or, as its provider says, stands for. */
  month: string | undefined
  /** It says no month itself, so that it may stand for another snapshot tomorrow. */
  isMoving: boolean
  /** The undated name, unless several snapshots share it and nobody says which of them it means. */
  undated: string | undefined
}

type Shelf = ReadonlyMap<string, CatalogueEntry>
type Index = ReadonlyMap<string, Shelf>

const indexes = new WeakMap<Catalogue, Index>()
const NONE: readonly string[] = []

/** By our provider key and the provider's own id, made once for each catalogue. */
function indexOf(catalogue: Catalogue): Index {
  let index = indexes.get(catalogue)
  if (!index) {
    const shelves = Object.entries(catalogue.providers)
    index = new Map(
      shelves.map(([provider, entries]) => [provider, new Map(entries.map((entry) => [entry.id, entry]))]),
    )
    indexes.set(catalogue, index)
  }
  return index
}

/** The names of every model of a list, in its order. */
export function namesOf(models: readonly Model[]): Names[] {
  const snapshots = new Map<string, number>()
  let provider = ''
  const all = models.map(({ id: whole, aliases: others, snapshot_of: alias }): Names => {
    const slash = whole.indexOf('/')
    // one string for all is looked up quicker than many that are alike
    if (slash !== provider.length || !whole.startsWith(provider)) provider = whole.slice(0, slash)
    const id = whole.slice(slash + 1)
    const stamp = stampOf(id)
    const undated = alias?.slice(slash + 1) ?? stamp?.undated
    if (undated !== undefined) snapshots.set(undated, (snapshots.get(undated) ?? 0) + 1)
    const aliases = others?.map((other) => other.slice(slash + 1)) ?? NONE
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
export function isExchanged({ provider, id }: Names): boolean {
  return id.endsWith('-latest') && EXCHANGED.test(`${provider}/${id}`)
}

/**
 * What the catalogue says of a model: under its exact id, else one of its provider's aliases, else its undated name. A
 * name that moves on is first looked for under the dated one that it stands for. Never under a name that only looks
 * alike, never what was written before the snapshot existed, and nothing for a name that may mean any version.
 */
export function findEntry(catalogue: Catalogue, names: Names): CatalogueEntry | undefined {
  const shelf = indexOf(catalogue).get(names.provider)
  if (!shelf || isExchanged(names)) return undefined
  const { id, aliases, month, isMoving, undated } = names
  const dated = isMoving ? aliases.find((alias) => monthOf(alias) === month) : undefined
  const first = (dated === undefined ? undefined : entryAt(shelf, dated, month)) ?? entryAt(shelf, id, month)
  if (first) return first
  for (const alias of aliases) {
    const entry = entryAt(shelf, alias, month)
    if (entry) return entry
  }
  return undated === undefined ? undefined : entryAt(shelf, undated, month)
}

function entryAt(shelf: Shelf, name: string, month: string | undefined): CatalogueEntry | undefined {
  const entry = shelf.get(name)
  return entry && (month === undefined || speaksOf(entry, month)) ? entry : undefined
}

/** `mistral-large-latest` moves on, and what was written of it may be of its last meaning. */
function speaksOf({ id, updated, released_at: released }: CatalogueEntry, month: string): boolean {
  const own = monthOf(id)
  if (own !== undefined) return own === month
  const written = updated ?? released
  return written !== undefined && written.slice(0, 7) >= month
}
