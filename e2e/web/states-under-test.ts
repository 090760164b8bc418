import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { SIMULATED_PROVIDERS } from '@rollcall/simulator'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { type EndedAnswer, insertUsage } from '../../packages/server/src/testing/insert-usage.ts'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import type { PageState, Viewer } from './states.ts'
import { colorsAreSettled, settled } from './steps.ts'
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
    for (const [screen, window] of Object.entries(WINDOWS)) {
      const { page } = await show(state, window)
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

  async function show({ viewer, path, open }: PageState, window: (typeof WINDOWS)['phone' | 'desktop']) {
    const { visitor, viewing } = await visitAs(viewer, {
      ...window,
      path: path.replace(/\{(\w+)\}/, (_, name) => runIds[name] ?? ''),
    })
    // these are part of some states
    visitor.expects(401, /^\/api\/(auth\/login|available-models\/stream|events|auth\/refresh)$/)
    visitor.expects(404, /^\/api\/runs\//)
    const { page } = visitor
    await settled(page)
    await open?.(page, {
      simulator: web.simulator,
      endSessions: () => endSessions(viewing),
    })
    return visitor
  }

  async function visitAs(viewer: Viewer, options: { path: string; width: number; height: number }) {
    switch (viewer) {
      case 'first':
        return { visitor: await web.visitAt(withoutAccount.address, options), viewing: undefined }
      case 'nobody':
        return { visitor: await web.visit(options), viewing: undefined }
      case 'admin':
        return { visitor: await web.visitAsAdmin(options), viewing: undefined }
      case 'newcomer': {
        const visitor = await web.signedIn(options)
        return { visitor, viewing: visitor.user }
      }
      case 'user':
        return { visitor: await web.signedInAgain(user, options), viewing: user }
    }
  }

  async function endSessions(viewing: User | undefined): Promise<void> {
    if (!viewing) return
    const body = { current_password: viewing.password, new_password: 'another long password' }
    await web.server.call('POST', '/api/auth/password', { token: viewing.token, body })
  }
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

/** Of every rule there is, WCAG 2.2 AA and good practice. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    .options({ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })
    .setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes
      // an option's figures are read out with what they mean ("context 131k"), and nobody calls it by them
      .filter(({ html }) => !(id === 'label-content-name-mismatch' && html.includes('role="option"')))
      .map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
  )
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
