import type { Browser, BrowserContext, Page } from 'playwright-core'
import { recordEvidence } from '../../packages/server/src/testing/evidence.ts'

declare global {
  interface Window {
    reportProblem(text: string): void
  }
}

/** What a browser is like, and stays like. */
export interface BrowserShape {
  width?: number | undefined
  height?: number | undefined
  /** With fingers: a phone. */
  hasTouch?: boolean | undefined
  /** Before the first page is opened. */
  prepare?: ((context: BrowserContext) => Promise<void>) | undefined
}

export interface VisitOptions extends BrowserShape {
  /** Who is signed in already: the refresh cookie of an account. */
  cookie?: string
  path?: string
  theme?: 'light' | 'dark'
  /** In a browser of their own, whose clock they may turn. */
  alone?: boolean
  /** For the next test too: what they have signed in to, they still are. */
  stays?: boolean
}

/** Somebody in front of a browser. */
export interface Visitor {
  page: Page
  context: BrowserContext
  /** Another tab of the same browser. */
  openTab(path: string): Promise<Page>
  /** An answer that is part of the journey; every other one of 400 and above fails the test. */
  expects(status: number, path: string | RegExp): void
  /** An error that is part of the journey; every other one on the console fails the test. */
  expectsConsole(text: RegExp): void
  /** What must never happen and did, since this was last asked. */
  takeProblems(): string[]
  stays: boolean
  /** Leaves the browser as if nobody had ever sat there, but who is signed in. */
  leave(): Promise<void>
}

/** A browser, in front of which visitors sit down one after the other: quicker than another one for each. */
export interface Seat {
  isTaken: boolean
  sitDown(options: Omit<VisitOptions, keyof BrowserShape>): Promise<Visitor>
}

const WAIT_MS = 10_000

export async function openBrowser(browser: Browser, address: string, shape: BrowserShape): Promise<Seat> {
  const { width = 1280, height = 900, hasTouch = false } = shape
  const viewport = { width, height }
  const context = await browser.newContext({
    baseURL: address,
    viewport,
    hasTouch,
    isMobile: hasTouch,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(WAIT_MS)
  const journey: Journey = { problems: [], expected: [], expectedErrors: [] }
  await watch(context, address, journey)
  await shape.prepare?.(context)
  const page = await context.newPage()

  const seat: Seat = {
    isTaken: false,
    async sitDown({ cookie, path = '/', theme = 'light', stays = false, alone = false }) {
      seat.isTaken = true
      // nobody is signed in when a page is first opened, and the page asks
      Object.assign(journey, { problems: [], expected: [[401, '/api/auth/refresh']], expectedErrors: [] })
      await context.clearCookies()
      if (cookie !== undefined) await context.addCookies([toCookie(cookie, address)])
      await page.emulateMedia({ colorScheme: theme })
      await page.goto(path)
      return {
        page,
        context,
        async openTab(to) {
          const tab = await context.newPage()
          await tab.emulateMedia({ colorScheme: theme })
          await tab.goto(to)
          return tab
        },
        takeProblems: () => journey.problems.splice(0),
        stays,
        expects: (status, where) => void journey.expected.push([status, where]),
        expectsConsole: (text) => void journey.expectedErrors.push(text),
        async leave() {
          for (const tab of context.pages()) {
            if (tab.url().startsWith(address)) recordEvidence('output', await whatIsKept(tab))
            if (tab !== page) await tab.close()
          }
          if (alone || page.isClosed()) return context.close()
          await wipe()
          await page.emulateMedia({ colorScheme: theme })
          seat.isTaken = stays
        },
      }
    },
  }
  async function wipe(): Promise<void> {
    await context.setOffline(false)
    // where nothing of the app runs that would keep more, or ask for anything
    await page.goto('/theme.js')
    await page.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await context.unrouteAll()
    await page.unrouteAll()
    page.removeAllListeners()
    await page.setViewportSize(viewport)
  }
  return seat
}

/** What may happen to a visitor, and what did. */
interface Journey {
  problems: string[]
  expected: [number, string | RegExp][]
  expectedErrors: RegExp[]
}

async function watch(context: BrowserContext, address: string, journey: Journey): Promise<void> {
  await context.exposeBinding('reportProblem', (_source, text: string) => void journey.problems.push(text))
  await context.addInitScript(() => {
    // not every violation is told on the console: code that expects one may catch it
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.reportProblem(`Content-Security-Policy: ${violatedDirective} ${blockedURI}`),
    )
  })
  context.on('console', (message) => {
    // which answers fail is judged below
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    if (journey.expectedErrors.some((text) => text.test(message.text()))) return
    journey.problems.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => journey.problems.push(`thrown: ${error.error().stack}`))
  context.on('dialog', (dialog) => {
    journey.problems.push(`dialog: ${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== address)
      journey.problems.push(`request to ${request.url()}`)
  })
  context.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const isExpected = ([status, where]: [number, string | RegExp]) =>
      status === response.status() && (typeof where === 'string' ? where === pathname : where.test(pathname))
    if (response.status() < 400 || journey.expected.some(isExpected)) return
    journey.problems.push(`${response.status()} of ${response.request().method()} ${pathname}`)
  })
}

/** All of a page that outlives its moment: no key may be in it. */
async function whatIsKept(page: Page): Promise<string> {
  const storage = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  return [page.url(), await page.content(), storage].join('\n')
}

function toCookie(text: string, url: string) {
  const [name = '', value = ''] = text.split('=')
  const { hostname } = new URL(url)
  return { name, value, domain: hostname, path: '/api/auth', httpOnly: true, sameSite: 'Strict' as const }
}
