/** Of whoever is signed in. */
export const PAGES: readonly string[] = [
  '/models',
  '/new-run',
  '/compare',
  '/runs',
  '/usage',
  '/settings/keys',
  '/settings/tokens',
  '/settings/account',
  '/settings/appearance',
  '/nothing-here',
]
/** Of the admin alone. */
export const ADMIN_PAGES: readonly string[] = ['/settings/users']
/** Of whoever is not signed in. */
export const PUBLIC_PAGES: readonly string[] = ['/', '/register', '/reset']
