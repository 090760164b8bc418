import { describe, expect, it } from 'vitest'
import { addKey, openPicker, statusOf } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest()

async function storedKeys(token: string): Promise<string[]> {
  const { json } = await web.server.call('GET', '/api/api-keys', { token })
  return json.api_keys.map(({ provider }: { provider: string }) => provider)
}

it('still asks for models when the page is left on which they were first asked for', async () => {
  const { page } = await web.signedIn({ path: '/settings/keys' })
  await web.simulator.set('groq', { latencyMs: 2_000 })
  await addKey(page, 'Groq', web.simulator.keys.groq)
  await page.getByText('Refreshing available models…').waitFor()
  await page.getByRole('link', { name: 'New run' }).click()
  const model = page.getByRole('combobox', { name: 'Model' })
  await model.waitFor()
  expect(await page.getByPlaceholder('Loading models…').count()).toBe(1)
  expect(await page.getByText('No models available').count()).toBe(0)
  await openPicker(page)
  await page
    .getByRole('option', { name: /groq\// })
    .first()
    .waitFor()
})

it('keeps a key that is saved while its predecessor’s deletion can still be undone', async () => {
  const { page, user } = await web.signedIn({ keys: ['groq'], alone: true })
  await page.clock.install()
  await page.goto('/settings/keys')
  await page.getByRole('button', { name: 'Delete Groq key' }).click()
  let answer = () => {}
  const answered = new Promise<void>((resolve) => {
    answer = resolve
  })
  await page.route('**/api/api-keys', async (route) => {
    const response = await route.fetch()
    if (route.request().method() === 'POST') await answered
    await route.fulfill({ response })
  })
  const deletions: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'DELETE') deletions.push(request.url())
  })
  await addKey(page, 'Groq', web.simulator.keys.groq)
  await page.clock.fastForward(10_000)
  answer()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => statusOf(page, 'Groq')).toContain('ready')
  expect(deletions).toEqual([])
  expect(await storedKeys(user.token)).toEqual(['groq'])
})

describe('a part of the app that cannot be loaded', () => {
  it('says so in its place, and comes when the page is loaded anew', async () => {
    const { page, context, expectsConsole } = await web.signedIn({ path: '/models', keys: ['groq'] })
    expectsConsole(/dynamically imported module/)
    await page
      .getByText(/groq\//)
      .first()
      .waitFor()
    await context.route('**/assets/new-run-page-*.js', (route) => route.abort())
    await page.getByRole('link', { name: 'New run' }).click()
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor()
    await context.unroute('**/assets/new-run-page-*.js')
    await page.getByRole('button', { name: 'Reload' }).click()
    await page.getByRole('combobox', { name: 'Model' }).waitFor()
  })

  it('leaves the page behind it as it is', async () => {
    const { page, context, expectsConsole } = await web.signedIn({ path: '/new-run' })
    expectsConsole(/dynamically imported module/)
    await page.getByLabel('Prompt', { exact: true }).fill('Typed before')
    await context.route('**/assets/command-palette-*.js', (route) => route.abort())
    await page.keyboard.press('Control+k')
    await page.getByText('This could not be loaded').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    expect(await page.getByText('This could not be loaded').count()).toBe(0)
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('Typed before')
  })
})

describe('of several tabs', () => {
  it('the next one hears what changed while the one that listened was closed', async () => {
    const { page, openTab } = await web.signedIn({ path: '/settings/keys', keys: ['groq'] })
    await page.getByRole('button', { name: 'Delete Groq key' }).waitFor()
    const other = await openTab('/settings/keys')
    await expect.poll(() => statusOf(other, 'Groq')).toContain('ready')
    await page.getByRole('button', { name: 'Delete Groq key' }).click()
    // sends it on leaving, and listens no more
    await page.goto('about:blank')
    await other.getByRole('button', { name: 'Add Groq key' }).waitFor()
  })

  it('each one’s deletions are sent when one of them signs out', async () => {
    const { page, openTab, user } = await web.signedIn({ path: '/settings/keys', keys: ['groq'] })
    const other = await openTab('/models')
    await page.getByRole('button', { name: 'Delete Groq key' }).click()
    await page.getByRole('button', { name: 'Add Groq key' }).waitFor()
    await other.getByRole('button', { name: /^Account of/ }).click()
    await other.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    const again = await web.server.call('POST', '/api/auth/login', {
      body: { email: user.email, password: user.password },
    })
    await expect.poll(() => storedKeys(again.json.access_token)).toEqual([])
  })
})

it('leads from the sign-in page to the models', async () => {
  const user = await web.server.register()
  const { page } = await web.visit({ path: '/sign-in' })
  await page.getByLabel('E-mail').fill(user.email)
  await page.getByLabel('Password', { exact: true }).fill(user.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor()
})
