import { queryOptions } from '@tanstack/react-query'
import { session } from '../session/this-session.ts'

/** Every resource of the server that is asked for in one piece, with its one query key. */
export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  queryFn: () => session.call('instance', {}),
})
export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async () => (await session.call('listProviders', {})).providers,
  staleTime: Number.POSITIVE_INFINITY,
})
export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async () => (await session.call('listKeys', {})).api_keys,
})
/** How the last calls went, of each stored key. */
export const providerStatusQuery = queryOptions({
  queryKey: ['provider-status'],
  queryFn: async () => (await session.call('providerStatus', {})).provider_status,
})
/** One model with what concerns its reader; its id is nobody's secret, but hostile text. */
export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['model', id],
    queryFn: () => session.call('showModel', { query: { id } }),
  })
export const accessTokensQuery = queryOptions({
  queryKey: ['access-tokens'],
  queryFn: async () => (await session.call('listAccessTokens', {})).access_tokens,
})
export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: async () => (await session.call('listInvitations', {})).invitations,
})
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => session.call('me', {}),
})
