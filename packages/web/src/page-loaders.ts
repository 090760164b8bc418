/** Each page is loaded when it is first shown, or its link pointed at. By the beginning of its path. */
export const PAGE_LOADERS = {
  '/models': () => import('./pages/models-page.tsx'),
  '/compare': () => import('./pages/compare-page.tsx'),
  '/new-run': () => import('./pages/new-run-page.tsx'),
  '/runs/': () => import('./pages/run-page.tsx'),
  '/runs': () => import('./pages/runs-page.tsx'),
  '/usage': () => import('./pages/usage-page.tsx'),
  '/settings': () => import('./pages/settings-page.tsx'),
  '/sign-in': () => import('./pages/sign-in-page.tsx'),
  '/register': () => import('./pages/register-page.tsx'),
  '/reset': () => import('./pages/reset-page.tsx'),
}

/** Begins to load the page of this path, where there is one. */
export function loadPage(path: string): void {
  const found = Object.entries(PAGE_LOADERS).find(([beginning]) => path.startsWith(beginning))
  // one that cannot be had is missed when it is shown
  found?.[1]().catch(() => undefined)
}
