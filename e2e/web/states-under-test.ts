import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SIMULATED_PROVIDERS } from '@rollcall/simulator'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { type EndedAnswer, insertUsage } from '../../packages/server/src/testing/insert-usage.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { bringAxe, violationsOf } from './accessibility.ts'
import type { PageState, Viewer } from './states.ts'
import { colorsAreSettled, settled } from './steps.ts'
import type { VisitOptions, Visitor } from './visitor.ts'
import { type User, webUnderTest } from './web-under-test.ts'

const WINDOWS = {
  desktop: { width: 1280, height: 900 },
  phone: { width: 390, height: 844, hasTouch: true },
}
const NARROWEST = { width: 320, height: 568 }
const DAY_MS = 24 * 60 * 60_000
const THEMES = ['light', 'dark'] as const
/** Where pictures go; none are taken without it. */
const PICTURES = process.env.ROLLCALL_SCREENSHOTS

/** Looks at each of these states in either theme, on a desktop and a phone. */
export function lookAt(states: readonly PageState[]): void {
  // it stands still: what has failed is not asked for again meanwhile
  const now = Date.now()
  const web = webUnderTest({ simulator: { size: 'realistic' }, server: { now: () => now } })
  let withoutAccount: TestServer
  let user: User
  /** By what has become of them. */
  const runIds: Record<string, string> = {}
  const seats = new Map<string, Visitor>()

  beforeAll(async () => {
    withoutAccount = await startTestServer({ web: web.folder })
    user = await web.server.register()
    await failInSeveralWays()
    const keys = SIMULATED_PROVIDERS.filter((provider) => provider !== 'cohere')
    await web.server.saveKeys(user.token, keys, (provider) =>
      provider === 'mistral' ? 'a-bad-key-canary7Qz3vXk9' : web.simulator.keys[provider],
    )
    await web.server.call('GET', '/api/available-models', { token: user.token })
    const [gpt, own] = ['openai/gpt-4o', 'acme/a-model-of-our-own']
    const { id: claude } = await web.firstModel(user, 'anthropic')
    const many = [gpt, claude, 'mistral/mistral-large-latest', 'cohere/command-a-03-2025']
    runIds.finished = await run([gpt], 'Why is the sky blue?')
    runIds.failed = await run([own], 'word '.repeat(100))
    runIds.four = await run(many, 'Explain \u202eright to left')
    runIds.run = await run([gpt, own], 'Why is the sky blue?')
    await insertUsage(web.server.place, everyOtherDay(user.userId, now))
    await web.server.call('POST', '/api/access-tokens', {
      token: user.token,
      body: { name: 'backup script', scopes: ['models', 'keys'] },
    })
  })
  beforeEach(failInSeveralWays)
  afterAll(() => withoutAccount?.remove())

  it.for(states)('$name: is for everybody, in either theme, on any screen', async (state) => {
    for (const screen of ['desktop', 'phone'] as const) {
      const { page } = await show(state, screen)
      for (const theme of THEMES) {
        // the colours are the same on any screen
        if (theme === 'dark' && screen === 'phone' && !PICTURES) continue
        await page.emulateMedia({ colorScheme: theme })
        await page.evaluate(colorsAreSettled)
        if (PICTURES) await takePicture(page, `${state.name}-${screen}-${theme}`)
        // another theme changes nothing but colours
        expect(await violationsOf(page, theme === 'dark' ? ['color-contrast'] : undefined)).toEqual([])
      }
      if (screen !== 'phone') continue
      await page.setViewportSize(NARROWEST)
      expect(await page.evaluate(whatIsTooWide, NARROWEST.width)).toEqual([])
    }
  })

  /** Resolves when it has ended. */
  async function run(models: string[], prompt: string): Promise<string> {
    const { token } = user
    const body = { models, prompt, system_prompt: 'Be brief.' }
    const { json } = await web.server.call('POST', '/api/runs', { token, body })
    await eventually(async () => {
      const { json: now } = await web.server.call('GET', `/api/runs/${json.id}`, { token })
      expect(now.status).not.toBe('running')
    })
    return json.id
  }

  async function failInSeveralWays(): Promise<void> {
    await web.simulator.set('google', { fault: 'D22' })
    await web.simulator.set('groq', { fault: 'D27-500' })
  }

  async function show({ viewer, path, open }: PageState, screen: keyof typeof WINDOWS) {
    const { visitor, viewing } = await seat(viewer, screen)
    const { page } = visitor
    await page.goto(path.replace(/\{(\w+)\}/, (_, name) => runIds[name] ?? ''))
    await settled(page)
    await open?.(page, {
      simulator: web.simulator,
      endSessions: () => endSessions(viewing),
    })
    return visitor
  }

  /** Whoever changes nothing sits down where they sat before. */
  async function seat(viewer: Viewer, screen: keyof typeof WINDOWS) {
    const options = { ...WINDOWS[screen], path: 'about:blank', prepare: bringAxe }
    if (viewer === 'changer') {
      const visitor = await web.signedIn(options)
      return { visitor: expecting(visitor), viewing: visitor.user }
    }
    const name = `${viewer} ${screen}`
    const visitor = seats.get(name) ?? expecting(await visitAs(viewer, { ...options, stays: true }))
    seats.set(name, visitor)
    return { visitor, viewing: viewer === 'user' ? user : undefined }
  }

  function visitAs(viewer: Exclude<Viewer, 'changer'>, options: VisitOptions): Promise<Visitor> {
    switch (viewer) {
      case 'newcomer':
        return web.signedIn(options)
      case 'first':
        return web.visitAt(withoutAccount.address, options)
      case 'nobody':
        return web.visit(options)
      case 'admin':
        return web.visitAsAdmin(options)
      case 'user':
        return web.signedInAgain(user, options)
    }
  }

  async function endSessions(viewing: User | undefined): Promise<void> {
    if (!viewing) return
    const body = { current_password: viewing.password, new_password: 'another long password' }
    await web.server.call('POST', '/api/auth/password', { token: viewing.token, body })
  }
}

/** These are part of some states. */
function expecting(visitor: Visitor): Visitor {
  visitor.expects(401, /^\/api\/(auth\/login|available-models\/stream|events|auth\/refresh)$/)
  visitor.expects(404, /^\/api\/runs\//)
  return visitor
}

/** Two months of answers, of models with long and odd names, with what may become of them. */
function everyOtherDay(userId: string, now: number): EndedAnswer[] {
  const models = [
    'openai/gpt-4o',
    'together/Qwen/Qwen3-235B-A22B-Instruct-2507-tput',
    'groq/explain-\u202e-this',
  ]
  return Array.from({ length: 90 }, (_, index) => ({
    user_id: userId,
    ended_at: now - 2 * DAY_MS * Math.floor(index / 3),
    model: models[index % 3] ?? '',
    provider: models[index % 3]?.split('/')[0] ?? '',
    status: index % 17 === 0 ? ('failed' as const) : ('finished' as const),
    cost: index % 3 === 1 ? null : index / 100,
    first_token_ms: 100 + 10 * index,
  }))
}

async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(String(PICTURES), { recursive: true })
  await page.screenshot({ path: join(String(PICTURES), `${name}.png`) })
}

/** What makes the page scroll sideways; nothing where it does not. A phone would make its window wider instead. */
function whatIsTooWide(width: number): string[] {
  const root = document.scrollingElement
  if (!root || root.scrollWidth <= width) return []
  const isTooWide = (element: Element) => element.getBoundingClientRect().right > width + 0.5
  return [...document.querySelectorAll('body *')]
    .filter((element) => isTooWide(element) && ![...element.children].some(isTooWide))
    .map((element) => element.outerHTML.slice(0, 160))
}
