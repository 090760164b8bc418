import { describe, expect, it } from 'vitest'
import { keyRow, statusOf } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest({ simulator: { size: 'realistic' } })

describe('refreshing all models', () => {
  it('tells how many have answered, then who failed and who was not asked, and keeps it', async () => {
    await web.simulator.set('google', { fault: 'D22' })
    await web.simulator.set('mistral', { fault: 'D27-500' })
    const { page } = await web.signedIn({
      path: '/settings/keys',
      keys: ['openai', 'mistral', 'groq', 'google'],
    })
    await expect.poll(() => statusOf(page, 'Google')).toContain('rate limited')
    await expect.poll(() => statusOf(page, 'Groq')).toContain('ready')
    const before = web.asked('google')
    await web.simulator.set('openai', { fault: 'C1' })
    await page.getByRole('button', { name: 'Refresh all models' }).click()
    await page.getByText('Refreshing available models… 2 of 3').waitFor()
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('checking…')
    await web.simulator.set('openai', {})
    await page
      .getByText(/2 of 3 answered: Mistral provider error\. Not asked: Google wants to be left alone until/)
      .waitFor()
    expect(web.asked('google')).toBe(before)

    await page.getByRole('button', { name: 'Details of the Mistral key' }).click()
    const mistral = keyRow(page, 'Mistral')
    await mistral.getByText('Last failure').waitFor()
    expect(await mistral.innerText()).toMatch(/Last success\s+none so far/)
    expect(await mistral.innerText()).toMatch(/Last failure\s+just now: provider error \(500\)/)
    await mistral.getByRole('img', { name: /median —, p95 —, \d failed/ }).waitFor()
    const status = mistral.getByRole('link', { name: 'Mistral status page' })
    expect(await status.getAttribute('href')).toBe('https://status.mistral.ai')
    expect(await status.getAttribute('rel')).toBe('noreferrer')
    await mistral.getByRole('link', { name: 'Mistral API keys' }).waitFor()

    // it is told as it happens
    await web.simulator.set('mistral', {})
    await page.getByRole('button', { name: 'Refresh Mistral key' }).click()
    await expect.poll(() => mistral.innerText()).toMatch(/Last success\s+just now/)
    expect(await mistral.innerText()).toContain('just now: Mistral has a problem of its own (500)')

    // from the palette of another page
    await page.getByRole('link', { name: 'Runs' }).click()
    await web.simulator.set('openai', { fault: 'C1' })
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('option').first().waitFor()
    await page.keyboard.type('refresh all')
    await page.keyboard.press('Enter')
    const said = page.getByRole('region', { name: 'Notifications' })
    await said.getByText('Refreshing available models… 2 of 3').waitFor()
    await web.simulator.set('openai', {})
    await said.getByText(/All 3 answered\. Not asked: Google/).waitFor()
  })
})

describe('Run again', () => {
  it('names the replacement of a model that goes, and why others are in no list', async () => {
    await web.simulator.set('groq', { fault: 'D27-500' })
    const { page, user } = await web.signedIn({ keys: ['mistral', 'groq'] })
    await web.eventualCount(user, 'mistral')
    const { json } = await web.server.call('GET', '/api/available-models', { token: user.token })
    const { models } = json.providers.find(
      ({ provider_key }: { provider_key: string }) => provider_key === 'mistral',
    )
    const ids = models.map(({ id }: { id: string }) => id)
    const going = models.find(({ replacement }: { replacement?: string }) => ids.includes(replacement))
    const run = await web.server.call('POST', '/api/runs', {
      token: user.token,
      body: {
        models: [going.id, 'mistral/gone', 'groq/llama-of-old', 'cohere/command-x'],
        prompt: 'Hello',
        parameters: {},
      },
    })
    await page.goto(`/new-run?again=${run.json.id}`)
    await page.getByText(/^It (was retired|retires) on/).waitFor()
    await page.getByText('It is no longer listed by Mistral').waitFor()
    await page.getByText('Whether Groq still lists it is not known. Groq has a problem').waitFor()
    await page.getByText('There is no Cohere key, so Cohere was not asked.').waitFor()
    await page.getByRole('button', { name: 'Use the replacement' }).click()
    expect(await page.getByRole('combobox').first().inputValue()).toBe(going.replacement)
    expect(await page.getByRole('button', { name: 'Use the replacement' }).count()).toBe(0)
  })
})
