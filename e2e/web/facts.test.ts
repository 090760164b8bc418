import { describe, expect, it } from 'vitest'
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
    await expect.poll(() => facts.innerText()).toMatch(/Input price\s+\$9.25 per million tokens\s+you \d{4}/)
    expect((await facts.innerText()).match(/you \d{4}/g)).toHaveLength(1)
    await other.click()
    await page.getByText('said by OpenRouter').first().waitFor()
    await page.getByRole('button', { name: id, exact: true }).waitFor()
  })

  it('say where nobody else is known to serve it', async () => {
    const { page } = await web.signedIn({ path: '/models?model=openai%2Fgpt-5.4-mini', keys: ['openai'] })
    await page.getByText('None of them is known to serve it.').waitFor()
  })
})
