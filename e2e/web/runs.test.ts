import { afterAll, describe, expect, it } from 'vitest'
import { bringAxe, violationsOf } from './accessibility.ts'
import { startCuttableLine } from './cuttable-line.ts'
import { HEAVY_WORDS, HOSTILE_WORDS } from './hostile-answers.ts'
import { startScriptedModels } from './scripted-models.ts'
import { answerOf, colorsAreSettled } from './steps.ts'
import { type User, webUnderTest } from './web-under-test.ts'

const MARKDOWN = `# Sky

It is **blue**, says [a page](https://example.com/a_b).

1. one
   - two

- [x] three

> four

| a | b |
|---|--:|
| c | d |

\`\`\`ts
const light = 'a line that is so long that it has to be scrolled to be read, whatever else may be on this page'
\`\`\`
`
const scripted = await startScriptedModels(['org/one', 'org/two', 'org/three', 'org/four'])
afterAll(() => scripted.close())
const web = webUnderTest({
  simulator: { size: 'small' },
  server: { environment: { ROLLCALL_TOGETHER_BASE_URL: scripted.base } },
})

async function begin({ token }: User, models: readonly string[]): Promise<string> {
  const body = { models, prompt: 'Why is the sky blue?' }
  const { json } = await web.server.call('POST', '/api/runs', { token, body })
  return `/runs/${json.id}`
}

/** The answer that this model is about to give. */
async function underWay(model: string) {
  await expect.poll(() => scripted.underWay.has(model)).toBe(true)
  const answer = scripted.underWay.get(model)
  if (!answer) throw new Error(`Nobody has asked ${model}.`)
  return answer
}

describe('a run under way', () => {
  let line: Awaited<ReturnType<typeof startCuttableLine>> | undefined
  afterAll(() => line?.close())

  it('goes on through a reload, in another tab and after a lost connection, word for word', async () => {
    scripted.script('org/one', 'open')
    const user = await web.server.register()
    await web.server.saveKeys(user.token, ['together'])
    line = await startCuttableLine(web.server.address)
    const { page, openTab } = await web.visitAt(line.address, { cookie: user.cookie, path: '/runs' })
    const path = await begin(user, ['together/org/one'])
    const answer = await underWay('org/one')
    // the list hears of it by itself
    await page.getByRole('listitem').getByText('running').filter({ visible: true }).waitFor()
    await page.goto(path)
    await answerOf(page, 'together/org/one').getByText('waiting for the first word…').waitFor()
    answer.say({ reasoning: 'Hm.' })
    await answerOf(page, 'together/org/one').getByText('reasoning…').waitFor()
    answer.say({ text: 'It **is' })
    const other = await openTab(path)
    for (const tab of [page, other]) await answerOf(tab, 'together/org/one').getByText('It **is').waitFor()
    await page.reload()
    answer.say({ text: '** blue,\n\n' })
    for (const tab of [page, other]) {
      await answerOf(tab, 'together/org/one').getByRole('strong').getByText('is', { exact: true }).waitFor()
    }
    line.cut()
    await page.getByText('The server does not answer').waitFor()
    answer.say({ text: 'and nobody' })
    answer.say({ text: ' knows why.' })
    line.mend()
    answer.end()
    for (const tab of [page, other]) {
      const column = answerOf(tab, 'together/org/one')
      await column.getByText('finished', { exact: true }).waitFor()
      expect(await column.getByRole('paragraph').allInnerTexts()).toEqual([
        'It is blue,',
        'and nobody knows why.',
      ])
    }
    const column = answerOf(page, 'together/org/one')
    await expect.poll(() => column.innerText()).toMatch(/Tokens in\s+7\s+Tokens out\s+5\s+Cost\s+\$0\.000054/)
    expect(await column.innerText()).toContain(
      'Per million tokens: input $2, output $8; as the provider says.',
    )
    await column.getByRole('button', { name: 'Copy answer' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'It **is** blue,\n\nand nobody knows why.',
    )
    await column.getByText(/^Reasoning/).click()
    await column.getByText('Hm.').waitFor()
    await page.getByLabel('Format as Markdown').uncheck()
    await column.getByText('It **is** blue,').waitFor()
  })

  it('is stopped, beside one that failed and says what helps', async () => {
    scripted.script('org/two', 'open')
    const { page, user } = await web.signedIn({ keys: ['together'] })
    const path = await begin(user, ['together/org/two', 'mistral/mistral-large-latest'])
    const answer = await underWay('org/two')
    answer.say({ text: 'As far as it came' })
    await page.goto(path)
    const [one, other] = [answerOf(page, 'together/org/two'), answerOf(page, 'mistral/mistral-large-latest')]
    await one.getByText('As far as it came').waitFor()
    await other.getByText('No Mistral API key is saved: add one in Settings.').waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await one.getByText('stopped', { exact: true }).waitFor()
    await expect.poll(() => scripted.underWay.size).toBe(0)
    expect(await one.innerText()).toContain('As far as it came')
    await expect.poll(() => page.getByRole('button', { name: 'Stop' }).count()).toBe(0)
    await page.reload()
    await one.getByText('As far as it came').waitFor()
    await other.getByRole('link', { name: 'Add key' }).click()
    await page.getByRole('dialog').getByLabel('API key', { exact: true }).waitFor()
    await page.goto('/runs?status=failed&model=together/org/two')
    await page.getByRole('listitem').getByText('failed').filter({ visible: true }).waitFor()
    for (const [format, words] of [
      ['JSON, with every word', '"text": "As far as it came"'],
      ['CSV, a line for each answer', 'As far as it came'],
    ] as const) {
      await page.getByRole('button', { name: 'Export' }).click()
      const saved = page.waitForEvent('download')
      await page.getByRole('menuitem', { name: format }).click()
      const file = await (await saved).createReadStream()
      expect(Buffer.concat(await file.toArray()).toString()).toContain(words)
    }
    await page.getByLabel('Status').selectOption('finished')
    await page.getByText('No run matches.').waitFor()
    expect(new URL(page.url()).search).toBe('?model=together%2Forg%2Ftwo&status=finished')
    // one model of a run again
    await page.goto(path)
    await other.getByText('No Mistral API key').waitFor()
    await page.goto(path.replace('/runs/', '/new-run?again=').concat('&model=together/org/two'))
    await expect
      .poll(() => page.getByLabel('Prompt', { exact: true }).inputValue())
      .toBe('Why is the sky blue?')
    expect(await page.getByRole('combobox', { name: 'Model' }).count()).toBe(1)
  })

  it.each(['its page', 'the list'])(
    'stops at once where it is deleted on %s, and comes back as far as it came',
    async (place) => {
      scripted.script('org/one', 'open')
      const { page, user } = await web.signedIn({ keys: ['together'], alone: true })
      const path = await begin(user, ['together/org/one'])
      const answer = await underWay('org/one')
      answer.say({ text: 'As far as it came' })
      await page.clock.install()
      await page.goto(place === 'its page' ? path : '/runs')
      await page.getByRole('button', { name: place === 'its page' ? 'Delete' : 'Delete run' }).click()
      await page.getByText('Run stopped and deleted').waitFor()
      await expect.poll(() => scripted.underWay.size).toBe(0)
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByRole('listitem').getByText('stopped').filter({ visible: true }).waitFor()
      await page.goto(path)
      await answerOf(page, 'together/org/one').getByText('As far as it came').waitFor()
    },
  )

  it('waits its turn where too many are under way', async () => {
    scripted.script('org/one', 'open')
    const { page, user, expects } = await web.signedIn({ keys: ['together'] })
    expects(429, '/api/runs')
    const paths = []
    for (let count = 0; count < 8; count++) paths.push(await begin(user, ['together/org/one']))
    await page.goto(paths[0]?.replace('/runs/', '/new-run?again=') ?? '')
    await expect.poll(() => page.getByLabel('Prompt', { exact: true }).inputValue()).not.toBe('')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByText('8 answers may be under way for you at once').waitFor()
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('Why is the sky blue?')
    await page.getByRole('link', { name: 'Show what is running' }).click()
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    expect(await page.getByLabel('Status').inputValue()).toBe('running')
    await expect.poll(() => page.getByRole('listitem').count()).toBe(8)
    for (const answer of scripted.underWay.values()) answer.breakOff()
    for (const path of paths) await web.server.call('DELETE', `/api${path}`, { token: user.token })
    await page.getByText('No run matches.').waitFor()
  })
})

it('an answer in Markdown is for everybody, in either theme', async () => {
  scripted.script('org/one', { text: MARKDOWN })
  const { page, user } = await web.signedIn({ keys: ['together'], prepare: bringAxe })
  await page.goto(await begin(user, ['together/org/one']))
  const answer = answerOf(page, 'together/org/one')
  await answer.getByRole('table').waitFor()
  const link = answer.getByRole('link', { name: 'a page' })
  expect(await link.evaluate((a: HTMLAnchorElement) => [a.href, a.target, a.rel])).toEqual([
    'https://example.com/a_b',
    '_blank',
    'noopener noreferrer nofollow',
  ])
  await answer.getByRole('button', { name: 'Copy this code' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^const light = /)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.evaluate(colorsAreSettled)
    expect(await violationsOf(page)).toEqual([])
  }
})

describe('words that a model made up to do harm', () => {
  it(`do nothing and fetch nothing, ${HOSTILE_WORDS.length} of them`, async () => {
    const { page, user } = await web.signedIn({ keys: ['together'] })
    const models = ['org/one', 'org/two', 'org/three', 'org/four']
    // in groups of one kind, so that no open tag hides what follows
    for (const [index, model] of models.entries()) {
      const words = HOSTILE_WORDS.filter((_, at) => at % models.length === index)
      scripted.script(model, { text: `${words.join('\n\n')}\n\nThe end.`, reasoning: words.join('\n\n') })
    }
    const path = await begin(
      user,
      models.map((model) => `together/${model}`),
    )
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(path)
    for (const isFormatted of [true, false]) {
      if (!isFormatted) await page.getByLabel('Format as Markdown').uncheck()
      for (const model of models) {
        const column = answerOf(page, `together/${model}`)
        await column.getByText('The end.').last().waitFor()
        if (!isFormatted) continue
        // its name leads to the model; then the answer's own, and as many again in the reasoning
        const links = column.getByRole('link')
        await links.nth(1).waitFor()
        const count = await links.count()
        await column.getByText(/^Reasoning/).click()
        await expect.poll(() => links.count()).toBe(2 * count - 1)
      }
      // all that a pointer may set off
      await page.getByText('The end.').last().hover()
      const { texts, links, ...found } = await page.evaluate(whatIsThere)
      expect(found).toEqual({ isHacked: false, elements: [], attributes: [] })
      expect(texts.filter((text) => ACTING.test(text))).toEqual([])
      expect(isFormatted ? links.length > 20 : links.length === 0).toBe(true)
      expect(
        links.filter((link) => !/^https?:\/\/[^@]* _blank noopener noreferrer nofollow$/.test(link)),
      ).toEqual([])
    }
    const ours = new RegExp(`^${web.server.address}/(assets/|theme.js$|api/(?!account))`)
    expect(asked.filter((url) => !ours.test(url) && !url.endsWith(path))).toEqual([])
  })

  it('hold nobody up', async () => {
    const { page, user } = await web.signedIn({ keys: ['together'] })
    const models = ['org/one', 'org/two', 'org/three', 'org/four']
    for (const [index, model] of models.entries()) scripted.script(model, { text: HEAVY_WORDS[index] ?? '' })
    await page.goto(
      await begin(
        user,
        models.map((model) => `together/${model}`),
      ),
    )
    for (const model of models) await answerOf(page, `together/${model}`).getByText('finished').waitFor()
    const last = answerOf(page, 'together/org/four')
    const more = last.getByRole('button', { name: /^Show more/ })
    await expect
      .poll(async () => {
        // the words are there before it is known that they will not be formatted
        if ((await more.count()) > 0) await more.click()
        return last.getByText('The end.').count()
      })
      .toBe(1)
    await page.getByLabel('Format as Markdown').uncheck()
    await answerOf(page, 'together/org/one').getByText('- a').first().waitFor()
  })
})

/** What acts or hides without being seen; lines, tabs and joiners are a model's to use. */
const ACTING = /(?![\u200c\u200d])\p{Cf}|[\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u

/** For the page to run: what of an answer has become more than text. */
function whatIsThere() {
  const answers = [...document.querySelectorAll('main section *')]
  const attributes = answers.flatMap((element) =>
    [...element.attributes].map(({ name, value }) => ({ name, value, tag: element.tagName })),
  )
  const bad =
    'script, style, img, image, use, animate, iframe, object, embed, video, audio, link, base, meta, form, math, template'
  return {
    isHacked: 'hacked' in globalThis,
    elements: answers.filter((element) => element.matches(bad)).map((element) => element.outerHTML),
    attributes: attributes
      .filter(
        ({ name, value }) => /^(on|style$|srcdoc$|src$)/.test(name) || /javascript:/i.test(name + value),
      )
      .map(({ tag, name, value }) => `${tag} ${name}=${value}`),
    texts: answers.flatMap((element) => [
      ...[...element.attributes].map(({ value }) => value),
      ...[...element.childNodes].map((node) => (node instanceof Text ? node.data : '')),
    ]),
    links: [...document.querySelectorAll<HTMLAnchorElement>('main section a[target]')].map(
      ({ href, target, rel }) => `${href} ${target} ${rel}`,
    ),
  }
}
