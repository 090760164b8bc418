import type { AvailableModels } from '@rollcall/core/schema'
import { foldSnapshots } from '@rollcall/core/select-models'
import { SIMULATED_PROVIDERS } from '@rollcall/simulator'
import { describe, expect, it } from 'vitest'
import { chosenModel } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const HOW_MANY = 10_000

const web = webUnderTest({ simulator: { modelCount: HOW_MANY } })

describe(`${HOW_MANY} models`, () => {
  it('are searched in the picker, and the keyboard takes the right one', async () => {
    const { page, user } = await web.signedIn({ keys: SIMULATED_PROVIDERS })
    const { json } = await web.server.call('GET', '/api/available-models?kind=chat', { token: user.token })
    const models = json.providers.slice(0, -1).flatMap(({ models }: { models: { id: string }[] }) => models)
    expect(models.length).toBeGreaterThan(HOW_MANY / 3)
    await page.goto('/new-run')
    const combobox = page.getByRole('combobox', { name: 'Model' })
    for (const { id } of [models[17], models[Math.floor(models.length / 2)], models.at(-1)]) {
      await combobox.click()
      await page.keyboard.press('Control+a')
      await page.keyboard.type(id)
      const active = page.locator(`[id="${await combobox.getAttribute('aria-activedescendant')}"]`)
      await expect.poll(() => active.innerText()).toContain(id)
      await page.keyboard.press('Enter')
      await expect.poll(() => chosenModel(page)).toBe(id)
    }
    // no more than can be seen stands in the page
    await combobox.click()
    await page.getByRole('option').first().waitFor()
    expect(await page.getByRole('option').count()).toBeLessThan(200)
  })

  it('are a table of which only the visible part stands in the page', async () => {
    const { page, user } = await web.signedIn({ path: '/models', keys: SIMULATED_PROVIDERS })
    const { json } = await web.server.call('GET', '/api/available-models', { token: user.token })
    const count = json.statuses.reduce(
      (sum: number, { model_count }: { model_count: number }) => sum + model_count,
      0,
    )
    await expect.poll(() => page.getByText(`${count.toLocaleString('en')} models`).count()).toBeGreaterThan(0)
    expect(await page.getByRole('row').count()).toBeLessThan(200)
    await page.getByRole('row').nth(1).click()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    // a dated one stands under its alias until that is opened
    const providers = (json as AvailableModels).providers.filter(
      ({ provider_key }) => provider_key !== 'custom',
    )
    const rows = foldSnapshots(
      providers.flatMap(({ models }) => models),
      (model) => model,
    ).length
    expect(rows).toBeLessThan(count)
    await page.keyboard.press('End')
    await expect.poll(() => page.getByRole('row').last().getAttribute('aria-rowindex')).toBe(`${rows + 1}`)
    expect(await page.getByRole('row').last().innerText()).not.toBe('')
  })
})
