import type { Locator, Page } from 'playwright-core'

/** What several journeys do, in the words of the interface. */

/** Until the page is there with its fonts and has nothing more to do; streams that stay open are no matter. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise((resolve) => requestIdleCallback(resolve))
  })
}

export async function addKey(page: Page, provider: string, key: string): Promise<void> {
  await page.getByRole('button', { name: `Add ${provider} key`, exact: true }).click()
  await page.getByLabel('API key', { exact: true }).fill(key)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

/** The row of a provider among the API keys. */
export function keyRow(page: Page, provider: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByText(provider, { exact: true }) })
}

/** Everything a provider's row says. */
export function statusOf(page: Page, provider: string): Promise<string> {
  return keyRow(page, provider).innerText()
}

export async function openPicker(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).click()
  await page.getByRole('listbox').waitFor()
}

/** Finds a model by its id in the open or closed picker and takes it. */
export async function chooseModel(page: Page, id: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).fill(id)
  await page.getByRole('option', { name: id }).first().click()
}

export function chosenModel(page: Page): Promise<string> {
  return page.getByRole('combobox', { name: 'Model' }).inputValue()
}

/** The names of the providers whose models the open picker shows. */
export async function groupsOf(page: Page): Promise<string[]> {
  const groups = await page.getByRole('listbox').getByRole('group').all()
  return Promise.all(groups.map(async (group) => (await group.getAttribute('aria-label')) ?? ''))
}

/** Submits the new run and waits for its page. */
export async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
}

/** For the page to run: a change of colours takes two frames, as visitors want nothing to move. */
export async function colorsAreSettled(): Promise<void> {
  for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame)
}

/** One model's column on the page of a run. */
export function answerOf(page: Page, model: string): Locator {
  return page.getByRole('region', { name: model, exact: true })
}
