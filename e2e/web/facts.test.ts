import { describe, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest({ simulator: { size: 'realistic' } })

describe('the facts of a model', () => {
  it('name who else serves it, for how much, and each its own source', async () => {
    const id = 'openai/gpt-5.4-mini'
    const { page, user } = await web.signedIn({
      path: `/models?model=${encodeURIComponent(id)}`,
      keys: ['openai', 'openrouter'],
    })
    const elsewhere = page.getByRole('region', { name: 'Through your other providers' })
    const other = elsewhere.getByRole('button', { name: 'openrouter/openai/gpt-5.4-mini', exact: true })
    await other.waitFor()
    expect(await elsewhere.innerText()).toMatch(/\$[\d.]+ in · \$[\d.]+ out/)
    const facts = page.getByRole('region', { name: 'Facts', exact: true })
    await web.server.call('PATCH', '/api/model-marks', {
      token: user.token,
      body: { id, facts: { pricing: { input: 9.25 } } },
    })
    // heard as it happens, and said of this one price alone
    await expect
      .poll(() => facts.innerText())
      .toMatch(/Input price\s+\$9.25 per million tokens\s+yours, \d{4}/)
    expect((await facts.innerText()).match(/yours, \d{4}/g)).toHaveLength(1)
    await other.click()
    await page.getByText('said by OpenRouter').first().waitFor()
    await page.getByRole('button', { name: id, exact: true }).waitFor()
  })

  it('are set right, stay so whatever is said later, and are taken back', async () => {
    const id = 'openrouter/openai/gpt-5.4-mini'
    const { page, user, context, expects } = await web.signedIn({
      path: `/models?model=${encodeURIComponent(id)}`,
      keys: ['openrouter'],
    })
    const facts = page.getByRole('region', { name: 'Facts', exact: true })
    const form = page.getByRole('dialog', { name: /^Set right: / })
    const field = (name: string) => form.getByLabel(name, { exact: true })
    const save = form.getByRole('button', { name: 'Save' })
    const written = async () =>
      (await web.server.call('GET', '/api/model-marks', { token: user.token })).json.marks[0]?.correction
        ?.facts
    const said = async (title: string) =>
      (
        await facts
          .locator('dl > div')
          .filter({ has: page.getByText(title, { exact: true }) })
          .innerText()
      ).split('\n')
    const setRight = facts.getByRole('button', { name: 'Set right' })
    await setRight.waitFor()
    const [, window] = await said('Context window')
    // another tab's word is not lost
    await web.server.call('PATCH', '/api/model-marks', {
      token: user.token,
      body: { id, facts: { capabilities: { json_mode: true } } },
    })
    await setRight.press('Enter')

    // bad input is explained beside its field, the first one is gone to, and nothing is sent
    await field('Context window').fill('128k')
    await field('Input price').fill('0,15')
    await field('Vision').selectOption('no')
    await field('Released').fill('2026-02-30')
    await save.click()
    await form.getByText('3 fields need another look.').waitFor()
    await form.getByText('Write a whole number of tokens above 0').waitFor()
    await form.getByText('Write USD per million tokens with a point').waitFor()
    expect(await field('Context window').evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await field('Context window').getAttribute('aria-invalid')).toBe('true')
    expect(await written()).toEqual({ capabilities: { json_mode: true } })

    // a refusal is told in our words and loses nothing either
    await field('Context window').fill('123,456')
    await field('Input price').fill('0')
    await field('Released').fill('')
    expects(503, '/api/model-marks')
    await context.route('**/api/model-marks', (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status: 503, body: 'secret words' })
        : route.continue(),
    )
    await save.click()
    await form.getByText(/server/i).waitFor()
    expect(await form.innerText()).not.toContain('secret words')
    await context.unroute('**/api/model-marks')
    expect(await field('Context window').inputValue()).toBe('123,456')
    await save.click()
    await form.waitFor({ state: 'detached' })
    expect(await written()).toEqual({
      context_window: 123_456,
      pricing: { input: 0 },
      capabilities: { json_mode: true, vision: false },
    })
    const isYours = async () => {
      const [, value, source, otherwise] = await said('Context window')
      expect([value, source, otherwise]).toEqual([
        '123,456 tokens',
        expect.stringMatching(/^yours, \d{4}-\d\d-\d\d$/),
        `OpenRouter says ${window}.`,
      ])
      expect((await said('Input price')).slice(1, 3)).toEqual(['free', expect.stringMatching(/^yours/)])
    }
    await eventually(async () => {
      await isYours()
      return true
    })

    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Refresh all models' }).click()
    await page
      .getByText(/^All 1 answered/)
      .first()
      .waitFor()
    await page.goto(`/models?model=${encodeURIComponent(id)}`)
    await eventually(async () => {
      await isYours()
      return true
    })

    // one is taken back, or all, and that again
    await facts.getByRole('button', { name: 'Remove my correction: Context window' }).click()
    await facts.getByText('Your context window is removed.').waitFor()
    await expect.poll(async () => (await said('Context window'))[1]).toBe(window)
    await facts.getByRole('button', { name: 'Remove my corrections', exact: true }).click()
    await facts.getByText('Your corrections are removed.').waitFor()
    expect(await written()).toBeUndefined()
    await page.keyboard.press('Enter')
    await expect
      .poll(written)
      .toEqual({ pricing: { input: 0 }, capabilities: { json_mode: true, vision: false } })
    await expect.poll(() => setRight.evaluate((button) => button === document.activeElement)).toBe(true)
  })

  it('say where nobody else is known to serve it', async () => {
    const { page } = await web.signedIn({ path: '/models?model=openai%2Fgpt-5.4-mini', keys: ['openai'] })
    await page.getByText('None of them is known to serve it.').waitFor()
  })
})
