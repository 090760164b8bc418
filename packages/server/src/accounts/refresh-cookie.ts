import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { AppContext } from '../http/bind.ts'
import { SESSION_MS } from './sessions.ts'

const NAME = 'rollcall_refresh'

/** No script can read it and no other site can send it. Over plain http, as in a LAN, it can be neither Secure nor __Host-. */
export const refreshCookie = {
  read(context: AppContext): string | undefined {
    return context.get('client').isSecure ? getCookie(context, NAME, 'host') : getCookie(context, NAME)
  },
  write(context: AppContext, refreshToken: string): void {
    setCookie(context, NAME, refreshToken, { ...optionsOf(context), maxAge: SESSION_MS / 1000 })
  },
  remove(context: AppContext): void {
    deleteCookie(context, NAME, optionsOf(context))
  },
}

function optionsOf(context: AppContext) {
  const common = { httpOnly: true, sameSite: 'Strict' } as const
  return context.get('client').isSecure
    ? { ...common, secure: true, path: '/', prefix: 'host' as const }
    : { ...common, path: '/api/auth' }
}
