import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startTestServer } from '../../packages/server/src/testing/test-server.ts'
import { ADMIN_PAGES, PAGES, PUBLIC_PAGES } from './pages.ts'
import { chooseModel, chosenModel, colorsAreSettled } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest()

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent()

describe('every page', () => {
  it.for([...PAGES, ...ADMIN_PAGES, ...PUBLIC_PAGES])('%s: is itself again after a reload', async (path) => {
    const { page } = await openAs(path)
    const title = await titleOf(page)
    expect(title).toBeTruthy()
    await page.reload()
    expect(await titleOf(page)).toBe(title)
    expect(new URL(page.url()).pathname).toBe(path === '/' ? '/' : path)
  })

  async function openAs(path: string, options: Parameters<typeof web.visit>[0] = {}) {
    if (PUBLIC_PAGES.includes(path)) return web.visit({ ...options, path })
    if (ADMIN_PAGES.includes(path)) return web.visitAsAdmin({ ...options, path })
    return web.signedIn({ ...options, path, keys: ['openai'] })
  }
})

describe('the theme', () => {
  it('is what was chosen, before the first line of the app has run', async () => {
    const { page } = await web.signedIn({ path: '/models', theme: 'light' })
    const light = await backgroundOf(page)
    await page.getByRole('button', { name: /^Account of/ }).click()
    // from the system's to light, and on to dark
    await page.getByRole('menuitem', { name: 'Light theme' }).click()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Dark theme' }).click()
    await expect.poll(() => backgroundOf(page)).not.toBe(light)
    await page.evaluate(colorsAreSettled)
    const chosen = await backgroundOf(page)

    let letRun = () => {}
    const held = new Promise<void>((resolve) => {
      letRun = resolve
    })
    await page.route(/\/assets\/.*\.js$/, async (route) => {
      await held
      await route.continue()
    })
    await page.reload({ waitUntil: 'commit' })
    await expect.poll(() => backgroundOf(page)).toBe(chosen)
    expect(await page.getByRole('heading').count()).toBe(0)
    letRun()
    await page.getByRole('heading', { level: 1 }).waitFor()
    expect(await backgroundOf(page)).toBe(chosen)
  })

  it('follows the system where none was chosen', async () => {
    const { page } = await web.signedIn({ path: '/models', theme: 'light' })
    await page.getByRole('heading', { level: 1 }).waitFor()
    const light = await backgroundOf(page)
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(() => backgroundOf(page)).not.toBe(light)
  })
})

describe('the keyboard', () => {
  it('lists its shortcuts with ?, and they work', async () => {
    const { page } = await web.signedIn({ path: '/models' })
    await page.getByRole('heading', { name: 'Models' }).waitFor()
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    for (const place of ['Models', 'New run', 'Runs', 'Usage', 'Settings'])
      await list.getByText(`Go to ${place}`, { exact: true }).waitFor()
    await list.getByText('Open the command palette').waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    for (const [keys, title] of [
      ['gr', 'Runs'],
      ['gu', 'Usage'],
      ['gn', 'New run'],
      ['gs', 'Settings'],
      ['gm', 'Models'],
    ] as const) {
      await page.keyboard.type(keys)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
  })

  it('reaches pages, models and actions through the command palette', async () => {
    const { page, user } = await web.signedIn({ path: '/runs', keys: ['groq'] })
    const model = await web.firstModel(user, 'groq')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    const palette = page.getByRole('dialog', { name: 'Search and commands' })
    const open = async () => {
      await page.keyboard.press('Control+k')
      await palette.waitFor()
    }
    await open()
    await page.keyboard.type('settings')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    await open()
    const before = web.asked('groq')
    await page.keyboard.type('refresh all')
    await page.keyboard.press('Enter')
    await expect.poll(() => web.asked('groq')).toBe(before + 1)
    await open()
    await page.keyboard.type(model.id)
    await palette.getByRole('option', { name: model.id }).first().waitFor()
    await page.keyboard.press('Enter')
    // the options of before are there until then
    await page.getByPlaceholder('What to do with it?').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'New run' }).waitFor()
    await expect.poll(() => chosenModel(page)).toBe(model.id)
  })
})

describe('the focus', () => {
  it('stays where fields of a run come and go', async () => {
    const { page, user } = await web.signedIn({ path: '/new-run', keys: ['openai'] })
    const { id } = await web.firstModel(user, 'openai')
    await page.getByRole('button', { name: 'Add another model' }).click()
    await expectFocus(page.getByRole('combobox', { name: 'Model 2' }))
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Remove Model 2' }).click()
    await expectFocus(page.getByRole('combobox', { name: 'Model', exact: true }))
    await page.getByRole('button', { name: 'Add a system prompt' }).click()
    await expectFocus(page.getByLabel('System prompt', { exact: true }))
    await page.getByRole('button', { name: 'Remove the system prompt' }).click()
    await expectFocus(page.getByRole('button', { name: 'Add a system prompt' }))
    await chooseModel(page, id)
    await page.getByLabel('Prompt', { exact: true }).fill('Why is the sky blue?')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
    await expectFocus(page.getByRole('heading', { level: 1, name: 'Run' }))
  })

  it('goes to the neighbour of a deleted run, and back with Undo', async () => {
    const { page, user } = await web.signedIn()
    for (const prompt of ['older', 'newer']) {
      const body = { models: ['acme/x'], prompt }
      await web.server.call('POST', '/api/runs', { token: user.token, body })
    }
    await page.goto('/runs')
    await page.getByRole('button', { name: 'Delete run' }).first().click()
    await expectFocus(page.getByRole('link', { name: 'older' }))
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('link', { name: 'newer' }).waitFor()
    await expectFocus(page.getByRole('link', { name: 'newer' }))
    await page.getByRole('link', { name: 'newer' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await expectFocus(page.getByRole('heading', { level: 1, name: 'Runs' }))
    await page.goBack()
    await page.getByText('There is no run at this address').waitFor()
  })
})

it('explains the id of a custom model while it is typed', async () => {
  const { page } = await web.signedIn({ path: '/new-run', keys: ['openai'] })
  await page.getByRole('combobox', { name: 'Model' }).click()
  await page.getByRole('option', { name: 'Custom Model' }).click()
  const field = page.getByLabel('Custom model id')
  await field.fill('gpt-4o')
  await page.getByText('has no slash').waitFor()
  await field.fill('openai//x')
  await page.getByText('has an empty part').waitFor()
  await field.fill('OpenAI/gpt-4o')
  await page.getByRole('button', { name: 'Use that' }).click()
  expect(await field.inputValue()).toBe('openai/gpt-4o')
  await expectFocus(field)
})

it('says that the server is away, keeps what was typed, and goes on when it is back', async () => {
  const first = await startTestServer({ simulator: web.simulator, web: web.folder })
  const { cookie, token } = await first.register()
  await first.saveKeys(token, ['openai'])
  const { page } = await web.visitAt(first.address, { cookie, path: '/new-run' })
  await page.getByLabel('Prompt', { exact: true }).fill('What was typed before')
  await first.close()
  await page.keyboard.type(' and after')
  const notice = page.getByText('What is shown is what was known before')
  await notice.waitFor()
  const { port } = new URL(first.address)
  const second = await startTestServer({
    simulator: web.simulator,
    web: web.folder,
    place: first.place,
    environment: { PORT: port },
  })
  try {
    await page.getByRole('button', { name: 'Try now' }).click()
    await notice.waitFor({ state: 'detached' })
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(
      'What was typed before and after',
    )
  } finally {
    await web.leaveAll()
    await second.remove()
  }
})

async function expectFocus(element: Locator): Promise<void> {
  await expect.poll(() => element.evaluate((found) => found === document.activeElement)).toBe(true)
}

function backgroundOf(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor)
}
