import { get } from 'node:http'
import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { PAGES, PUBLIC_PAGES } from './pages.ts'
import { settled } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const MOST_SCRIPT_BYTES = 150_000
const LATE_MS = 1_000

declare global {
  interface Window {
    /** What moved without anybody having done anything, and by how much. */
    layoutShifts: { value: number; moved: string[] }[]
  }
}

const web = webUnderTest({ simulator: { size: 'realistic' } })

describe('what a first visit costs', () => {
  it.for([...PAGES, ...PUBLIC_PAGES])('%s: at most 150 kB of script', async (path) => {
    const { page } = PAGES.includes(path)
      ? await web.signedIn({ path, keys: ['openai'] })
      : await web.visit({ path })
    await settled(page)
    const addresses = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .filter((name) => new URL(name).pathname.endsWith('.js')),
    )
    expect(addresses.length).toBeGreaterThan(1)
    const sizes = await Promise.all([...new Set(addresses)].map(bytesAsGzip))
    expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThanOrEqual(MOST_SCRIPT_BYTES)
  })
})

describe('what moves by itself', () => {
  it.for(PAGES)('%s: nothing, also with providers that answer late', async (path) => {
    const { page, user } = await web.signedIn({ path: '/settings/appearance', prepare: recordLayoutShifts })
    await settled(page)
    await web.simulator.set('anthropic', { latencyMs: LATE_MS })
    await web.simulator.set('google', { latencyMs: 2 * LATE_MS })
    await web.simulator.set('mistral', { latencyMs: 2 * LATE_MS, fault: 'D27-500' })
    await web.server.saveKeys(user.token, ['openai', 'anthropic', 'google', 'mistral'])
    await page.goto(path)
    await settled(page)
    await web.eventualCount(user, 'google')
    await web.eventualCount(user, 'anthropic')
    await settled(page)
    expect(await page.evaluate(() => window.layoutShifts)).toEqual([])
  })
})

async function recordLayoutShifts(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    window.layoutShifts = []
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        hadRecentInput: boolean
        sources: { node: Element | null }[]
      })[]) {
        if (entry.hadRecentInput) continue
        const moved = entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 200) ?? 'gone by now')
        window.layoutShifts.push({ value: entry.value, moved })
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** As they go over the wire to whoever takes gzip. */
function bytesAsGzip(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve(bytes)).on('error', reject)
    }).on('error', reject)
  })
}
