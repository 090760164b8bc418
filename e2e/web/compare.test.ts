import { describe, expect, it } from 'vitest'
import { eventually } from '../../packages/server/src/testing/eventually.ts'
import { settled } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest({ simulator: { size: 'realistic' } })

describe('models of one’s own choice', () => {
  it('are starred, hidden, found again and compared by keys alone, in every tab', async () => {
    const visitor = await web.signedIn({ path: '/models?q=gpt-4o', keys: ['openai', 'openrouter'] })
    const { page, user } = visitor
    const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) })
    const marks = async () =>
      (await web.server.call('GET', '/api/model-marks', { token: user.token })).json.marks
    const shownIds = async () =>
      page.getByRole('row').evaluateAll((rows) => rows.flatMap((one) => one.dataset.id ?? []))
    await row('openai/gpt-4o').focus()

    // snapshots stand under their alias
    expect(await shownIds()).not.toContain('openai/gpt-4o-2024-08-06')
    await page.keyboard.press('e')
    await row('openai/gpt-4o-2024-08-06').waitFor()
    await page.keyboard.press('e')
    await row('openai/gpt-4o-2024-08-06').waitFor({ state: 'detached' })

    // a star is there at once, and in the other tab and the picker as soon as they hear of it
    const other = await visitor.openTab(`${web.server.address}/models?favourite=true`)
    await other.getByRole('region', { name: 'No model fits' }).waitFor()
    await page.keyboard.press('s')
    const star = row('openai/gpt-4o').getByRole('button', { name: /^Favourite/ })
    expect(await star.getAttribute('aria-pressed')).toBe('true')
    await other.getByRole('row').filter({ hasText: 'openai/gpt-4o' }).waitFor()

    // what is hidden goes, the focus to the row after it, and comes back
    await page.keyboard.press('x')
    await page.keyboard.press('ArrowDown')
    const second = await page.evaluate(() => document.activeElement?.getAttribute('data-id'))
    await page.keyboard.press('h')
    await expect.poll(shownIds).not.toContain(second)
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('row')
    await page.keyboard.press('u')
    await expect.poll(shownIds).toContain(second)
    await row(String(second)).focus()
    await page.keyboard.press('h')
    await eventually(async () => {
      expect(await marks()).toMatchObject([
        { id: 'openai/gpt-4o', is_favourite: true },
        { id: second, is_hidden: true },
      ])
      return true
    })
    await page.goto(`${web.server.address}/models?hidden=true`)
    await row(String(second)).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Show again' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Favourite' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Remove filter: Hidden' }).click()
    await page.getByRole('row').nth(2).waitFor()

    await page.goto(`${web.server.address}/new-run`)
    await page.getByRole('combobox', { name: 'Model' }).click()
    const favourites = page.getByRole('group', { name: 'Favourites' })
    await favourites.getByRole('option', { name: 'openai/gpt-4o' }).first().waitFor()
    expect(await favourites.getByRole('option').count()).toBe(2)
  })

  it('are as they were where the server refuses', async () => {
    const { page, context, expects } = await web.signedIn({ path: '/models?q=gpt-4o', keys: ['openai'] })
    expects(503, '/api/model-marks')
    await context.route('**/api/model-marks', (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({ status: 503, json: { error: { code: 'unavailable', message: 'Not now.' } } })
        : route.continue(),
    )
    const star = page.getByRole('button', { name: 'Favourite GPT-4o', exact: true })
    await star.click()
    await page.getByText('Not changed.').waitFor()
    expect(await star.getAttribute('aria-pressed')).toBe('false')
  })

  it('are chosen in the table and stand side by side, in an address that shows the same to anybody', async () => {
    const { page } = await web.signedIn({ path: '/models?q=gpt-4o', keys: ['openai', 'anthropic'] })
    await page.getByRole('button', { name: 'Compare GPT-4o', exact: true }).click()
    await page.getByRole('button', { name: 'Compare GPT-4o mini', exact: true }).click()
    await page.getByRole('link', { name: 'Compare (2)' }).click()
    await page.waitForURL('**/compare?ids=openai/gpt-4o,openai/gpt-4o-mini')
    const heads = () => page.getByRole('columnheader').allInnerTexts()
    // as it is written, before its first letter is made a capital
    const line = (title: string) =>
      page.getByRole('row').filter({ has: page.getByRole('rowheader').getByText(title, { exact: true }) })
    expect(await line('input $/M').innerText()).toMatch(/differs.*\$2\.50.*\$0\.15\s+best/s)
    expect(await line('context window').innerText()).not.toMatch(/differs|best/)

    await page.getByRole('combobox', { name: 'Add a model' }).fill('claude-opus-4-1')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(async () => (await heads())[2]).toContain('anthropic/claude-opus-4-1')
    await page.getByRole('button', { name: 'Move GPT-4o to the right' }).click()
    await page.getByRole('button', { name: 'Remove GPT-4o', exact: true }).click()
    expect(await heads()).toHaveLength(2)
    expect((await heads())[0]).toContain('openai/gpt-4o-mini')
    await page.getByLabel('Only differences').check()
    expect(await line('kind').count()).toBe(0)
    await page.reload()
    await line('released').waitFor()
    expect(await line('kind').count()).toBe(0)

    // from the palette one more, of which it is said why it is in no list
    await page.goto(
      `${web.server.address}/compare?ids=openai/gpt-4o,groq/x,acme/x,openai/x,no-slash,openai/gpt-4o,a/1,a/2`,
    )
    await page.getByText('1 more of the address is left out').waitFor()
    const words = async () => (await heads()).map((head) => head.replaceAll(/\s+/g, ' '))
    await expect
      .poll(async () => (await words()).slice(1, 5))
      .toEqual([
        expect.stringContaining('You have no Groq key. Add a key'),
        expect.stringContaining('No provider of that name is known here.'),
        expect.stringContaining('OpenAI does not list it for your key now.'),
        expect.stringContaining('This is no model id: it has no slash'),
      ])
    expect(await page.getByText('best', { exact: true }).count()).toBe(0)
    await page.goto(`${web.server.address}/compare?ids=openai/gpt-4o`)
    await settled(page)
    await page.keyboard.press('Control+k')
    await page.getByRole('dialog').getByRole('combobox').fill('openai/gpt-4o-mini')
    await page
      .getByRole('option', { name: /openai\/gpt-4o-mini$/ })
      .first()
      .click()
    await page.getByRole('option', { name: 'Compare it' }).click()
    await page.waitForURL('**/compare?ids=openai/gpt-4o,openai/gpt-4o-mini*')
  })
})
