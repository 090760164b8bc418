import type { ClientAddress } from './client-address.ts'

/** Nothing from elsewhere, no inline script, in no frame; nothing of an answer is for another site. */
const EVERYWHERE: readonly (readonly [string, string])[] = [
  [
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  ],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  ['permissions-policy', 'camera=(), geolocation=(), microphone=()'],
]
const OVER_TLS = [...EVERYWHERE, ['strict-transport-security', 'max-age=31536000'] as const]

export function securityHeaders({
  isSecure,
}: Pick<ClientAddress, 'isSecure'>): readonly (readonly [string, string])[] {
  return isSecure ? OVER_TLS : EVERYWHERE
}
