import { visible } from '@rollcall/core/visible-text'
import { atServer } from '../at-server.ts'
import { findModels } from '../find-models.ts'

export interface FavouriteOptions {
  server?: string
}

/** Makes models favourites, of those that the keys stored at the server can use. */
export function addFavouriteCommand(names: readonly string[], { server }: FavouriteOptions): Promise<number> {
  return atServer(
    server,
    async ({ call }) => {
      const models = findModels(await call('availableModels', {}), names)
      for (const { id } of models) await call('changeModelMark', { body: { id, is_favourite: true } })
      return models.map(({ id }) => id)
    },
    (ids) => tell(ids.map((id) => `${visible(id)} is a favourite now.`)),
  )
}

/** Takes it back, also of models that nobody offers any more. */
export function removeFavouriteCommand(
  ids: readonly string[],
  { server }: FavouriteOptions,
): Promise<number> {
  return atServer(
    server,
    async ({ call }) => {
      const { marks } = await call('listModelMarks', {})
      const isOne = (id: string) => marks.some((mark) => mark.id === id && mark.is_favourite)
      const known = ids.filter(isOne)
      for (const id of known) await call('changeModelMark', { body: { id, is_favourite: false } })
      return known
    },
    (known) =>
      tell(
        ids.map(
          (id) => `${visible(id)} ${known.includes(id) ? 'is no favourite any more' : 'was no favourite'}.`,
        ),
      ),
  )
}

function tell(sentences: readonly string[]): number {
  process.stdout.write(sentences.map((sentence) => `${sentence}\n`).join(''))
  return 0
}
