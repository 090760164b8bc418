import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { insertUsage } from '../../packages/server/src/testing/insert-usage.ts'
import { webUnderTest } from './web-under-test.ts'

const DAY_MS = 24 * 60 * 60_000
const ODD = 'groq/=odd<b>&name'

const web = webUnderTest()

/** The names of the table's rows, in their order. */
const rowsOf = async (page: Page) => (await page.getByRole('rowheader').allTextContents()).slice(0, -1)
const totalOf = (page: Page, name: RegExp) => page.getByRole('radio', { name })

it('shows what runs took and cost, as it happens, in the ways one may ask for it', async () => {
  const { page, user, context } = await web.signedIn({ path: '/usage' })
  await page.getByText('No answers on these days').waitFor()
  await page.getByRole('main').getByRole('button', { name: 'New run' }).waitFor()

  const now = Date.now()
  const of = (userId: string) => ({ user_id: userId, ended_at: now })
  await insertUsage(web.server.place, [
    { ...of(user.userId), cost: 1.5 },
    { ...of(user.userId), provider: 'groq', model: ODD, cost: null, first_token_ms: 90 },
    { ...of(user.userId), status: 'failed', code: 'upstream_error', cost: null, first_token_ms: null },
    {
      ...of(user.userId),
      ended_at: now - 20 * DAY_MS,
      model: 'openai/older',
      cost: 0.25,
      output_tokens: 7_000,
    },
  ])
  // another page, device or script runs something
  const body = { models: ['acme/nobody-knows'], prompt: 'Why?' }
  await web.server.call('POST', '/api/runs', { token: user.token, body })
  await totalOf(page, /^Cost \$1\.75 \+ 1 of unknown cost$/).waitFor()
  await totalOf(page, /^Answers 5 5 runs · 25% failed$/).waitFor()
  expect((await rowsOf(page)).sort()).toEqual(
    ['acme/nobody-knows', ODD, 'openai/gpt-4o', 'openai/older'].sort(),
  )

  await page.getByRole('columnheader', { name: 'Cost' }).getByRole('button').click()
  await expect.poll(() => rowsOf(page)).toEqual(['openai/gpt-4o', 'openai/older', 'acme/nobody-knows', ODD])
  await page.getByRole('columnheader', { name: 'Cost' }).getByRole('button').click()
  // what is not known comes last either way
  await expect.poll(() => rowsOf(page)).toEqual(['openai/older', 'openai/gpt-4o', 'acme/nobody-knows', ODD])
  await page.getByText('By provider', { exact: true }).click()
  await expect.poll(() => rowsOf(page)).toEqual(['OpenAI', 'acme', 'Groq'])

  await totalOf(page, /^Tokens/).press('Space')
  await page.getByRole('heading', { name: 'Tokens per day' }).waitFor()
  const chart = page.getByRole('slider')
  await chart.press('Home')
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/^\d+ \w+ \d{4}: —$/)
  await chart.press('End')
  expect(await chart.getAttribute('aria-valuetext')).toMatch(/: 900, 300 in · 600 out$/)

  await page.reload()
  await page.getByRole('button', { name: `Only ${ODD} 300 100 in · 200 out` }).click()
  await expect.poll(() => rowsOf(page)).toEqual(['Groq'])
  expect(new URL(page.url()).searchParams.get('model')).toBe(ODD)
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download CSV' }).click()
  const file = await saved
  expect(file.suggestedFilename()).toMatch(/^rollcall-usage-\d{4}-\d\d-\d\d-to-\d{4}-\d\d-\d\d\.csv$/)
  expect(await text(await file.createReadStream())).toMatch(
    /^day,provider,model,.+\r\n.+,groq,groq\/=odd.+\r\n$/,
  )
  await page.getByRole('combobox', { name: 'Model' }).selectOption('All models')

  await page.getByText('7 days', { exact: true }).click()
  await totalOf(page, /^Answers 4/).waitFor()
  await page.getByText('Custom', { exact: true }).click()
  await page.getByLabel('First day').fill('2999-01-01')
  await page.getByText('The first day is after the last one.').waitFor()
  await totalOf(page, /^Answers 4/).waitFor()
  await page.getByLabel('First day').fill(new Date(now - 21 * DAY_MS).toISOString().slice(0, 10))
  await totalOf(page, /^Answers 5/).waitFor()

  await context.setOffline(true)
  await page.getByText('90 days', { exact: true }).click()
  await page.getByText('The usage could not be read. The server does not answer').waitFor()
  await context.setOffline(false)
  await page.getByRole('main').getByRole('button', { name: 'Try again' }).click()
  await totalOf(page, /^Answers 5/).waitFor()
})
