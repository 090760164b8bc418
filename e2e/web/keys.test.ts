import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addKey, answerOf, chooseModel, chosenModel, keyRow, run, statusOf } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const CANARY = 'canary7Qz3vXk9'
/** Longer than a deletion is held back. */
const A_WHILE_MS = 10_000

const web = webUnderTest()

describe('a key', () => {
  it('with a character that nobody sees is told where it is, and stays in the field', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys' })
    const sent = requestsTo(page, '/api/api-keys', 'POST')
    await page.getByRole('button', { name: 'Add OpenAI key' }).click()
    await page.getByLabel('API key', { exact: true }).fill(`sk-${CANARY}\u200b-rest`)
    const problem = page.getByText(/invisible|zero.width/i)
    await problem.waitFor()
    expect(await problem.innerText()).toContain(`position ${`sk-${CANARY}`.length + 1}`)
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('API key', { exact: true }).press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(sent).toEqual([])
    expect(web.asked()).toBe(0)
  })

  it('is asked for where another page leads to it, once', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys?add=groq' })
    await page.getByRole('dialog', { name: 'Add Groq key' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('')
    expect(await focusedIn(page, 'Groq')).toBe(true)
  })

  it('is asked for with a double click as with one', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys' })
    await page.getByRole('button', { name: 'Add Groq key' }).dblclick()
    const dialog = page.getByRole('dialog', { name: 'Add Groq key' })
    await dialog.waitFor()
    await page.getByRole('button', { name: 'Add a label' }).click()
    expect(await focusedLabel(page)).toBe('Label')
    expect(await dialog.count()).toBe(1)
    await page.mouse.click(5, 5)
    await dialog.waitFor({ state: 'detached' })
  })

  it('is taken out of a pasted line', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys?add=openai' })
    const field = page.getByLabel('API key', { exact: true })
    await field.fill(`export OPENAI_API_KEY="sk-${CANARY}";`)
    await page.getByRole('button', { name: 'Use only the key' }).click()
    expect(await field.inputValue()).toBe(`sk-${CANARY}`)
    expect(await focusedLabel(page)).toBe('API key')
    await field.fill('')
  })

  it('that was saved is nowhere in the page any more', async () => {
    const key = `sk-proj-${CANARY}-and-more-of-it`
    const { page } = await web.signedIn({ path: '/settings/keys' })
    await addKey(page, 'OpenAI', key)
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    expect(await page.content()).not.toContain(CANARY)
    await page.getByRole('button', { name: 'Replace OpenAI key' }).click()
    expect(await page.getByLabel('API key', { exact: true }).inputValue()).toBe('')
  })

  it('is added by keyboard alone, and a run begun', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys' })
    await page.getByRole('button', { name: 'Add OpenAI key' }).waitFor()
    await tabTo(page, 'Add OpenAI key')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type(web.simulator.keys.openai)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    // the focus is where it was
    expect(await focusedIn(page, 'OpenAI')).toBe(true)
    await page.keyboard.type('gn')
    await page.getByRole('combobox', { name: 'Model' }).waitFor()
    await tabTo(page, 'Model')
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => chosenModel(page)).not.toBe('')
    await tabTo(page, 'Prompt')
    await page.keyboard.type('Why is the sky blue?')
    await page.keyboard.press('Control+Enter')
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
  })

  it('is added with a thumb, and a run begun', async () => {
    const { page } = await web.signedIn({ path: '/settings/keys', width: 390, height: 844, hasTouch: true })
    await page.getByRole('button', { name: 'Add OpenAI key' }).tap()
    await page.getByLabel('API key', { exact: true }).tap()
    await page.keyboard.type(web.simulator.keys.openai)
    await page.getByRole('button', { name: 'Save', exact: true }).tap()
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    await page.getByRole('link', { name: 'New run' }).tap()
    await page.getByRole('combobox', { name: 'Model' }).tap()
    await page.getByRole('option').first().tap()
    await expect.poll(() => chosenModel(page)).not.toBe('')
    await page.getByLabel('Prompt', { exact: true }).tap()
    await page.keyboard.type('Why is the sky blue?')
    await page.getByRole('button', { name: 'Run', exact: true }).tap()
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
  })

  it('added in one tab is there in the other by itself', async () => {
    const { page, openTab } = await web.signedIn({ path: '/settings/keys' })
    await page.getByRole('button', { name: 'Add Groq key' }).waitFor()
    const other = await openTab('/settings/keys')
    const models = await openTab('/models')
    await addKey(other, 'Groq', web.simulator.keys.groq)
    await expect.poll(() => statusOf(page, 'Groq')).toContain('ready')
    await models
      .getByText(/groq\//)
      .first()
      .waitFor()
  })
})

describe('a deleted key', () => {
  it('comes back with Undo, and nothing was deleted', async () => {
    const { page, user } = await web.signedIn({ keys: ['openai'], alone: true })
    await page.clock.install()
    await page.goto('/settings/keys')
    const sent = requestsTo(page, '/api/api-keys/openai', 'DELETE')
    await page.getByRole('button', { name: 'Delete OpenAI key' }).click()
    await page.getByRole('button', { name: 'Add OpenAI key' }).waitFor()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: 'Delete OpenAI key' }).waitFor()
    expect(await focusedIn(page, 'OpenAI')).toBe(true)
    await page.clock.fastForward(A_WHILE_MS)
    expect(await storedKeys(user.token)).toEqual(['openai'])
    expect(sent).toEqual([])
  })

  it('is gone after a while, also when another page of the app is shown meanwhile', async () => {
    const { page, user } = await web.signedIn({ keys: ['openai', 'groq'], alone: true })
    await page.clock.install()
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: 'Delete OpenAI key' }).click()
    await page.getByRole('button', { name: 'Add OpenAI key' }).waitFor()
    expect(await storedKeys(user.token)).toEqual(['openai', 'groq'])
    await page.getByRole('link', { name: 'Runs' }).click()
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor()
    await page.clock.fastForward(A_WHILE_MS)
    await expect.poll(() => storedKeys(user.token)).toEqual(['groq'])
  })

  it('is gone before a run is begun', async () => {
    const { page, user } = await web.signedIn({ keys: ['openai', 'groq'], alone: true })
    await page.clock.install()
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: 'Delete Groq key' }).click()
    await page.getByRole('button', { name: 'Add Groq key' }).waitFor()
    await page.getByRole('link', { name: 'New run' }).click()
    await chooseModel(page, 'groq/openai/gpt-oss-120b')
    await page.getByLabel('Prompt', { exact: true }).fill('Why?')
    await run(page)
    await answerOf(page, 'groq/openai/gpt-oss-120b').getByText('No Groq API key is saved').waitFor()
    expect(await storedKeys(user.token)).toEqual(['openai'])
  })

  it('is gone when the page is left', async () => {
    const { page, user } = await web.signedIn({ path: '/settings/keys', keys: ['openai'] })
    await page.getByRole('button', { name: 'Delete OpenAI key' }).click()
    await page.getByRole('button', { name: 'Add OpenAI key' }).waitFor()
    expect(await storedKeys(user.token)).toEqual(['openai'])
    await page.goto('about:blank')
    await expect.poll(() => storedKeys(user.token)).toEqual([])
  })
})

async function storedKeys(token: string): Promise<string[]> {
  const { json } = await web.server.call('GET', '/api/api-keys', { token })
  return json.api_keys.map(({ provider }: { provider: string }) => provider)
}

function requestsTo(page: Page, path: string, method: string): string[] {
  const seen: string[] = []
  page.on('request', (request) => {
    if (request.method() === method && new URL(request.url()).pathname === path) seen.push(request.url())
  })
  return seen
}

/** As somebody gets there who cannot point. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab')
    const focused = page.locator(':focus')
    if ((await focused.count()) === 0) continue
    const label = await focused.evaluate((element) =>
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
        ? element.labels?.[0]?.textContent
        : (element.getAttribute('aria-label') ?? element.textContent),
    )
    if (label?.trim() === name) return
  }
  throw new Error(`${name} is not reached with Tab.`)
}

function focusedLabel(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() =>
    document.activeElement instanceof HTMLInputElement
      ? document.activeElement.labels?.[0]?.textContent
      : document.activeElement?.textContent,
  )
}

function focusedIn(page: Page, provider: string): Promise<boolean> {
  return keyRow(page, provider).evaluate((row) => row.contains(document.activeElement))
}
