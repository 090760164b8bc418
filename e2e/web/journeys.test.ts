import { PROVIDERS } from '@rollcall/core'
import { SIMULATED_PROVIDERS, type SimulatedProvider } from '@rollcall/simulator'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { addKey, answerOf, chooseModel, chosenModel, groupsOf, openPicker, run, statusOf } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const HOUR_MS = 3_600_000
let now = Date.now()

const web = webUnderTest({
  simulator: { size: 'realistic' },
  server: { now: () => now, environment: { ROLLCALL_PROVIDER_TIMEOUT_MS: '4000' } },
})

/** The journeys of the specification, as people go them. */
describe('journeys', () => {
  it('No API keys', async () => {
    const { page } = await web.signedIn({ path: '/new-run' })
    await openPicker(page)
    expect(await page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('Custom Model')])
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.getByRole('option', { name: 'Custom Model' }).click()
    await page.getByLabel('Custom model id').fill('acme/my-model')
    await page.getByLabel('Prompt', { exact: true }).fill('Hello')
    await run(page)
    await page.getByText('acme/my-model').first().waitFor()
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Add OpenAI key' }).waitFor()
    expect(web.asked()).toBe(0)
  })

  it('One provider', async () => {
    await web.simulator.set('openai', { fault: 'C1' })
    const { page, user } = await web.signedIn({ path: '/settings/keys' })
    await addKey(page, 'OpenAI', web.simulator.keys.openai)
    await page.getByText('Refreshing available models…').waitFor()
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('checking…')
    await web.simulator.set('openai', {})
    await page.getByRole('button', { name: 'Refresh all models' }).click()
    const count = await web.eventualCount(user, 'openai')
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain(`ready · ${count} models`)
    await expect.poll(() => page.getByText('Refreshing available models…').count()).toBe(0)
    await page.getByRole('link', { name: 'New run' }).click()
    await openPicker(page)
    expect(await groupsOf(page)).toEqual(['OpenAI'])
    await page.keyboard.press('End')
    await expect.poll(() => page.getByRole('option').last().innerText()).toContain('Custom Model')
  })

  it('Several providers', async () => {
    const three = ['openai', 'anthropic', 'google'] as const
    const { page, user } = await web.signedIn({ path: '/settings/keys' })
    for (const provider of three) await web.simulator.set(provider, { fault: 'C1' })
    for (const name of ['OpenAI', 'Anthropic', 'Google']) {
      await addKey(page, name, web.simulator.keys[name.toLowerCase() as (typeof three)[number]])
      await expect.poll(() => statusOf(page, name)).toContain('checking…')
    }
    // all of them are asked before any has answered
    await expect.poll(() => three.map((provider) => web.asked(provider))).toEqual([1, 1, 1])
    for (const provider of three) await web.simulator.set(provider, {})
    await page.getByRole('button', { name: 'Refresh all models' }).click()
    for (const name of ['OpenAI', 'Anthropic', 'Google'])
      await expect.poll(() => statusOf(page, name)).toContain('ready')
    await page.getByRole('link', { name: 'New run' }).click()
    await openPicker(page)
    for (const provider of three) {
      const { id } = await web.firstModel(user, provider)
      await page.keyboard.type(id)
      await page.getByRole('option', { name: id }).first().waitFor()
      await page.keyboard.press('Control+a')
    }
  })

  it('An invalid key', async () => {
    const { page, user } = await web.signedIn({ path: '/settings/keys', keys: ['openai'] })
    await addKey(page, 'Anthropic', 'sk-ant-an-invalid-key-canary7Qz3vXk9')
    await expect.poll(() => statusOf(page, 'Anthropic')).toContain('rejected')
    await expect.poll(() => statusOf(page, 'Anthropic')).toMatch(/replace it/i)
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    await page.getByRole('link', { name: 'New run' }).click()
    await openPicker(page)
    await page.getByText(/· Anthropic rejected/).waitFor()
    // before anything is typed, and not to be chosen
    await page
      .getByRole('listbox')
      .getByText(/Anthropic rejected this key/)
      .waitFor()
    await page.keyboard.type('anthropic/')
    await page.getByText(/Anthropic rejected this key/).waitFor()
    expect(await page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('Custom Model')])
    await chooseModel(page, (await web.firstModel(user, 'openai')).id)
    await page.getByLabel('Prompt', { exact: true }).fill('Hello')
    await run(page)
    await page.goto('/new-run')
    await page.getByRole('link', { name: 'Replace key (Anthropic)' }).click()
    await page.getByRole('dialog').getByLabel('API key', { exact: true }).waitFor()
  })

  it('A provider that hangs', async () => {
    const { page, user } = await web.signedIn({ keys: ['openai'] })
    await web.simulator.set('groq', { fault: 'C1' })
    await web.server.saveKeys(user.token, ['groq'])
    await page.goto('/settings/keys')
    // the others are there while it has not answered
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    await expect.poll(() => statusOf(page, 'Groq')).toContain('checking…')
    await expect.poll(() => statusOf(page, 'Groq')).toContain('timed out')
    await page.goto('/new-run')
    await page.getByRole('button', { name: 'Ask again (Groq)' }).waitFor()
    await web.simulator.set('groq', {})
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: 'Refresh Groq key' }).click()
    await expect.poll(() => statusOf(page, 'Groq')).toContain('ready')
  })

  it('The cache', async () => {
    const { page, user } = await web.signedIn({ path: '/models', keys: ['openai', 'mistral'] })
    const { name } = await web.firstModel(user, 'openai')
    await page.getByText(name, { exact: true }).first().waitFor()
    expect([web.asked('openai'), web.asked('mistral')]).toEqual([1, 1])
    await page.reload()
    await page.getByText(name, { exact: true }).first().waitFor()
    expect(web.asked()).toBe(2)
    now += HOUR_MS + 1
    await page.reload()
    await expect.poll(() => [web.asked('openai'), web.asked('mistral')]).toEqual([2, 2])
    await page.goto('/settings/keys')
    await page.getByRole('button', { name: 'Replace OpenAI key' }).click()
    await page.getByLabel('API key', { exact: true }).fill(`${web.simulator.keys.openai}-another`)
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect.poll(() => [web.asked('openai'), web.asked('mistral')]).toEqual([3, 2])
    await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
    await page.getByRole('button', { name: 'Refresh all models' }).click()
    await expect.poll(() => [web.asked('openai'), web.asked('mistral')]).toEqual([4, 3])
  })

  it('What each provider offers', async () => {
    const { page, user } = await web.signedIn({ path: '/new-run', keys: SIMULATED_PROVIDERS })
    const { json } = await web.server.call('GET', '/api/available-models', { token: user.token })
    for (const provider of SIMULATED_PROVIDERS) {
      const { models } = json.providers.find(
        ({ provider_key }: { provider_key: SimulatedProvider }) => provider_key === provider,
      )
      const chat = models.find(({ kind }: { kind: string }) => kind === 'chat')
      expect(chat.id.startsWith(`${provider}/`)).toBe(true)
      await search(page, chat.id)
      const option = page.getByRole('option', { name: chat.id }).first()
      await expect.poll(() => option.innerText()).toContain(chat.name)
      const other = models.find(({ kind }: { kind: string }) =>
        ['embedding', 'audio', 'image', 'moderation', 'rerank'].includes(kind),
      )
      if (!other) continue
      await search(page, other.id)
      await page.getByRole('option', { name: 'Show all kinds' }).waitFor()
      expect(await page.getByRole('option', { name: other.name }).count()).toBe(0)
    }
  })

  it('Custom model', async () => {
    const { page, user } = await web.signedIn({ path: '/new-run', keys: ['openrouter'] })
    const { id } = await web.firstModel(user, 'openrouter')
    await openPicker(page)
    await page.keyboard.press('End')
    await page.getByRole('option', { name: 'Custom Model' }).click()
    const field = page.getByLabel('Custom model id')
    await page.getByText('provider/model-name').first().waitFor()
    for (const [text, problem] of [
      ['no slash', /space/],
      ['noslash', /no slash/],
      ['/model', /nothing before the slash/],
      ['provider/', /nothing after the slash/],
      ['openai/gpt\u200b-4', /U\+200B.*position 11/],
    ] as const) {
      await field.fill(text)
      await field.blur()
      await page.getByText(problem).first().waitFor()
      await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
    }
    await field.fill(id)
    await expect.poll(() => field.getAttribute('aria-invalid')).not.toBe('true')
    await page.getByLabel('Prompt', { exact: true }).fill('Hello')
    const sent = page.waitForRequest(
      (request) => request.url().endsWith('/api/runs') && request.method() === 'POST',
    )
    await run(page)
    expect((await sent).postDataJSON().models).toEqual([id])
    await expectAnswer(page, id)
  })

  it('Run again', async () => {
    const { page, user } = await web.signedIn({ keys: ['openai'] })
    const { id } = await web.firstModel(user, 'openai')
    const write = async (models: string[]) => {
      const body = {
        models,
        prompt: 'Why is the sky blue?',
        system_prompt: 'Answer like a poet.',
        parameters: { temperature: 0.3, top_p: 0.9, max_output_tokens: 1234, timeout_ms: 90_000 },
      }
      const { json } = await web.server.call('POST', '/api/runs', { token: user.token, body })
      return { ...body, path: `/runs/${json.id}` }
    }
    for (const models of [[id], ['acme/unlisted']]) {
      const before = await write(models)
      await page.goto(before.path)
      await page
        .getByRole('button', { name: 'Run again' })
        .or(page.getByRole('link', { name: 'Run again' }))
        .click()
      await expect.poll(() => page.getByLabel('Prompt', { exact: true }).inputValue()).toBe(before.prompt)
      if (models[0] === id) expect(await chosenModel(page)).toBe(id)
      else expect(await page.getByLabel('Custom model id').inputValue()).toBe('acme/unlisted')
      const sent = page.waitForRequest(
        (request) => request.url().endsWith('/api/runs') && request.method() === 'POST',
      )
      await run(page)
      const { path: _, ...expected } = before
      expect((await sent).postDataJSON()).toEqual(expected)
      if (models[0] === id) await expectAnswer(page, id)
      else await answerOf(page, 'acme/unlisted').getByText('is no provider that can be asked').waitFor()
    }
  })

  it('Error states', async () => {
    const faults = [
      ['openai', 'D7', 'rejected'],
      ['anthropic', 'D9', 'static list'],
      ['cohere', 'D9', 'no permission'],
      ['google', 'D22', 'rate limited'],
      ['mistral', 'D27-500', 'provider error'],
      ['groq', 'F1', 'unreadable answer'],
    ] as const
    const { page, user, context } = await web.signedIn()
    for (const [provider, fault] of faults) await web.simulator.set(provider, { fault })
    await web.server.saveKeys(user.token, [...faults.map(([provider]) => provider), 'together'])
    await page.goto('/settings/keys')
    for (const [provider, , words] of faults)
      await expect.poll(() => statusOf(page, nameOf(provider))).toContain(words)
    await expect.poll(() => statusOf(page, nameOf('together'))).toContain('ready')
    await page.reload()
    for (const [provider, , words] of faults)
      await expect.poll(() => statusOf(page, nameOf(provider))).toContain(words)
    // whoever may not be asked yet says so
    await page.getByRole('button', { name: 'Refresh Google key' }).click()
    await page.getByText(/Google wants to be left alone until \d\d:\d\d UTC/).waitFor()
    // no network at all
    await page.getByRole('link', { name: 'New run' }).click()
    await page.getByRole('combobox', { name: 'Model' }).waitFor()
    await web.simulator.set('mistral', {})
    await page.getByRole('button', { name: 'Ask again (Mistral)' }).click()
    await expect.poll(() => page.getByText('Mistral provider error').count()).toBe(0)
    await context.setOffline(true)
    await openPicker(page)
    await page.keyboard.press('End')
    await page.getByRole('option', { name: 'Custom Model' }).click()
    await page.getByLabel('Custom model id').fill('acme/my-model')
    await page.getByLabel('Prompt', { exact: true }).fill('Hello')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('What is shown is what was known before').waitFor()
    await context.setOffline(false)
    await run(page)
  })
})

function nameOf(provider: SimulatedProvider): string {
  return PROVIDERS.find(({ key }) => key === provider)?.name ?? ''
}

/** All the words that its model was made to say, and what they took. */
async function expectAnswer(page: Page, id: string): Promise<void> {
  const answer = answerOf(page, id)
  await answer.getByText(/^(finished|cut at its token limit)$/).waitFor()
  await expect.poll(() => answer.innerText()).toMatch(/Tokens out\s+[1-9][\s\S]*model/)
  expect(web.simulator.requests.filter(({ method }) => method === 'POST')).not.toEqual([])
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Model' }).fill(text)
}
