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
