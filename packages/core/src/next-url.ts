import type { Failure } from './failure.ts'
import type { Limits } from './limits.ts'
import type { NextPage } from './provider.ts'

/** Where the next page is: the same list with other parameters, or a link, which never leads to another host. */
export function nextUrl(
  next: NextPage | undefined,
  start: URL,
  current: URL,
  limits: Limits,
  isEchoedIn: (text: string) => boolean,
): { url: URL | undefined } | { failure: Failure } {
  if (!next) return { url: undefined }
  const cursor = 'link' in next ? next.link : Object.values(next.query).join('')
  if (cursor.length > limits.cursorChars) return unfollowable()
  if (isEchoedIn(cursor)) return { failure: { code: 'blocked', detail: 'secret_echo', httpStatus: 200 } }
  if ('query' in next) {
    const url = new URL(start)
    for (const [name, value] of Object.entries(next.query)) url.searchParams.set(name, value)
    return { url }
  }
  if (!URL.canParse(next.link, current.href)) return unfollowable()
  const url = new URL(next.link, current)
  url.hash = ''
  return url.origin === start.origin && url.username === '' && url.password === '' ? { url } : unfollowable()
}

function unfollowable(): { failure: Failure } {
  return { failure: { code: 'bad_response', detail: 'next_page', httpStatus: 200 } }
}
