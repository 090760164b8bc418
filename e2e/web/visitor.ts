import type { Browser, BrowserContext, Page } from 'playwright-core'
import { recordEvidence } from '../../packages/server/src/testing/evidence.ts'

declare global {
  interface Window {
    reportProblem(text: string): void
  }
}

export interface VisitOptions {
  /** Who is signed in already: the refresh cookie of an account. */
  cookie?: string
  path?: string
  width?: number
  height?: number
  theme?: 'light' | 'dark'
  /** With fingers: a phone. */
  hasTouch?: boolean
  /** For the next test too, in the same browser, which is quicker than another one. */
  stays?: boolean
  /** Before the first page is opened. */
  prepare?: (context: BrowserContext) => Promise<void>
}

/** Somebody in front of a browser of their own. */
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
  /** Closes the browser, or wipes it where the visitor stays. */
  leave(): Promise<void>
}

const WAIT_MS = 10_000

export async function visit(browser: Browser, address: string, options: VisitOptions = {}): Promise<Visitor> {
  const { cookie, path = '/', width = 1280, height = 900, theme = 'light' } = options
  const { hasTouch = false, stays = false } = options
  const context = await browser.newContext({
    baseURL: address,
    viewport: { width, height },
    colorScheme: theme,
    hasTouch,
    isMobile: hasTouch,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(WAIT_MS)
  if (cookie !== undefined) await context.addCookies([toCookie(cookie, address)])
  const problems: string[] = []
  // nobody is signed in when a page is first opened, and the page asks
  const expected: [number, string | RegExp][] = [[401, '/api/auth/refresh']]
  const expectedErrors: RegExp[] = []
  await watch(context, address, problems, expected, expectedErrors)
  await options.prepare?.(context)

  const openTab = async (to: string) => {
    const page = await context.newPage()
    await page.goto(to)
    return page
  }
  const first = await openTab(path)
  const wipe = async () => {
    for (const page of context.pages()) if (page !== first) await page.close()
    await context.setOffline(false)
    // where nothing of the app runs that would keep more
    await first.goto('/theme.js')
    await first.evaluate(() => {
      localStorage.clear()
      sessionStorage.clear()
    })
    await first.setViewportSize({ width, height })
    await first.emulateMedia({ colorScheme: theme })
  }
  return {
    page: first,
    context,
    openTab,
    takeProblems: () => problems.splice(0),
    stays,
    expects: (status, where) => void expected.push([status, where]),
    expectsConsole: (text) => void expectedErrors.push(text),
    async leave() {
      for (const page of context.pages()) {
        if (page.url().startsWith(address)) recordEvidence('output', await whatIsKept(page))
      }
      await (stays ? wipe() : context.close())
    },
  }
}

async function watch(
  context: BrowserContext,
  address: string,
  problems: string[],
  expected: readonly [number, string | RegExp][],
  expectedErrors: readonly RegExp[],
): Promise<void> {
  await context.exposeBinding('reportProblem', (_source, text: string) => void problems.push(text))
  await context.addInitScript(() => {
    // not every violation is told on the console: code that expects one may catch it
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.reportProblem(`Content-Security-Policy: ${violatedDirective} ${blockedURI}`),
    )
  })
  context.on('console', (message) => {
    // which answers fail is judged below
    if (message.type() !== 'error' || message.text().startsWith('Failed to load resource')) return
    if (expectedErrors.some((text) => text.test(message.text()))) return
    problems.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => problems.push(`thrown: ${error.error().stack}`))
  context.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.type()} ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== address) problems.push(`request to ${request.url()}`)
  })
  context.on('response', (response) => {
    const { pathname } = new URL(response.url())
    const isExpected = ([status, where]: [number, string | RegExp]) =>
      status === response.status() && (typeof where === 'string' ? where === pathname : where.test(pathname))
    if (response.status() < 400 || expected.some(isExpected)) return
    problems.push(`${response.status()} of ${response.request().method()} ${pathname}`)
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
