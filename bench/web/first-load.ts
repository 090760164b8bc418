import { gzipSync } from 'node:zlib'
import type { BrowserContext } from 'playwright-core'

export interface FirstLoad {
  path: string
  /** All script that came before the page was quiet, compressed as gzip -9. */
  scriptBytes: number
  /** How much moved by itself. */
  layoutShift: number
}

declare global {
  interface Window {
    layoutShift: number
  }
}

const QUIET_MS = 2_500

/** Opens a page for the first time; the providers answer while one looks on. */
export async function measureFirstLoad(
  context: BrowserContext,
  address: string,
  path: string,
): Promise<FirstLoad> {
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.layoutShift = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
      })[]) {
        if (!entry.hadRecentInput) window.layoutShift += entry.value
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const scripts: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    scripts.push(response.body().then((body) => gzipSync(body, { level: 9 }).length))
  })
  await page.goto(`${address}${path}`)
  await page.waitForTimeout(QUIET_MS)
  const sizes = await Promise.all(scripts)
  const layoutShift = await page.evaluate(() => window.layoutShift)
  await page.close()
  return { path, scriptBytes: sizes.reduce((sum, bytes) => sum + bytes, 0), layoutShift }
}
