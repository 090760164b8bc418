import type { ManagedUser } from '@rollcall/core/schema'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { askAnew } from '../api/ask-anew.ts'
import { session } from '../session/this-session.ts'

/** Every account of this server, page by page. */
export const usersQuery = infiniteQueryOptions({
  queryKey: ['users'],
  queryFn: ({ pageParam }) =>
    session.call('listUsers', { query: pageParam === null ? {} : { after: pageParam } }),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next,
})

export async function changeUser(
  { id }: ManagedUser,
  body: { disabled?: boolean; role?: ManagedUser['role'] },
) {
  await session.call('changeUser', { params: { id }, body })
  await askAnew(usersQuery)
}
