import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '../../packages/server/src/testing/test-server.ts'
import { webUnderTest } from './web-under-test.ts'

const SET = 'globalThis.hacked = true'
const MARKUP = [
  `<script>${SET}</script>`,
  `<img src=x onerror="${SET}">`,
  `"><svg onload="${SET}">`,
  `'-(${SET})-'`,
  `javascript:${SET}`,
  `</textarea></title></style><script>${SET}</script>`,
  `<iframe srcdoc="<script>parent.hacked=true</script>"></iframe>`,
  `<a href="javascript:${SET}" autofocus onfocus="${SET}">x</a>`,
  `{{constructor.constructor('${SET}')()}}`,
  `\${${SET}}`,
  '<style>*{display:none!important}</style>',
  '<base href="http://evil.example/">',
  '<meta http-equiv=refresh content="0;url=http://evil.example/">',
  '![picture](http://evil.example/track.png)',
]
const UNSEEN = [
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\u0007',
  '\u001b[31m',
  '\u009b',
  '\u00ad',
  '\u2028',
  '\ud800',
]
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'undefined', 'null', 'custom', '']
const FORMULAS = ['=HYPERLINK("http://evil.example","prize")', '+1+1', '@SUM(A1)', '-2+3']
const SHAPES = [
  'x'.repeat(5000),
  'ﷺ'.repeat(200),
  `Z${'\u0301'.repeat(300)}`,
  'مرحبا بالعالم',
  '👩‍👩‍👧‍👦'.repeat(50),
  'a\nb\tc',
]
const HOW_MANY = 500

const web = webUnderTest()

describe('names that a provider made up to do harm', () => {
  let upstream: Server
  let server: TestServer

  beforeAll(async () => {
    upstream = createServer((_request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(hostileModels()))
    })
    await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
    const { port } = upstream.address() as AddressInfo
    server = await startTestServer({
      web: web.folder,
      environment: { ROLLCALL_TOGETHER_BASE_URL: `http://127.0.0.1:${port}/v1` },
    })
  })
  afterAll(async () => {
    await server.remove()
    upstream.closeAllConnections()
    upstream.close()
  })

  it(`are letters in the picker, ${HOW_MANY} of them`, async () => {
    const page = await open('/new-run')
    const combobox = page.getByRole('combobox', { name: 'Model' })
    await combobox.click()
    await page.getByRole('option').first().waitFor()
    for (const text of ['script', 'onerror', 'proto', 'unseen', 'evil', 'formula', 'shape']) {
      await combobox.fill(text)
      await page.getByRole('option').first().waitFor()
      await expectInert(page)
    }
    await combobox.fill('onerror')
    await page.getByRole('option').first().click()
    await expectInert(page)
  })

  it('are letters among the models and in their sheet', async () => {
    const page = await open('/models')
    await page.getByText('together/').first().waitFor()
    await expectInert(page)
    for (const text of ['script', 'unseen', 'proto', 'shape']) {
      await page.getByRole('searchbox').fill(text)
      const row = page.getByRole('row').filter({ hasText: 'together/' }).first()
      await row.waitFor()
      await expectInert(page)
      await row.click()
      await page.getByRole('dialog').waitFor()
      await expectInert(page)
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
  })

  it('are letters in the command palette', async () => {
    const page = await open('/runs')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    await page.keyboard.press('Control+k')
    for (const text of ['script', 'unseen', 'proto', 'shape']) {
      await page.keyboard.press('Control+a')
      await page.keyboard.type(text)
      await page.getByRole('dialog').getByRole('option').first().waitFor()
      await expectInert(page)
    }
  })

  it('are letters where a run tells of them', async () => {
    const user = await server.register()
    const models = [`together/<img/src=x/onerror="globalThis.hacked=true">`, 'together/__proto__']
    await server.call('POST', '/api/runs', {
      token: user.token,
      body: { models, prompt: MARKUP.join('\n') + UNSEEN.slice(0, -1).join('x') },
    })
    const { page } = await web.visitAt(server.address, { cookie: user.cookie, path: '/runs' })
    await page.getByRole('listitem').getByText('together/__proto__').first().waitFor()
    await expectInert(page)
  })

  async function open(path: string): Promise<Page> {
    const user = await server.register()
    await server.saveKeys(user.token, ['together'], () => 'a-key-of-no-worth-canary7Qz3vXk9')
    const { page } = await web.visitAt(server.address, { cookie: user.cookie, path })
    return page
  }
})

/** What acts or hides without being seen; a new line may stand in a style sheet's class names. */
const ACTING = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u

/** Nothing ran, nothing became an element, and nothing can reorder what stands around it. */
async function expectInert(page: Page): Promise<void> {
  const { texts, ...found } = await page.evaluate(() => ({
    hacked: 'hacked' in globalThis,
    polluted: 'polluted' in {},
    elements: document.querySelectorAll('img, iframe, base, body script, body style, [onerror], [onload]')
      .length,
    addresses: [...document.links].map(({ href }) => href).filter((href) => /evil|javascript:/.test(href)),
    texts: [...document.querySelectorAll('*')].flatMap((element) => [
      ...[...element.attributes].map(({ value }) => value),
      ...[...element.childNodes].map((node) => (node instanceof Text ? node.data : '')),
    ]),
  }))
  expect(found).toEqual({ hacked: false, polluted: false, elements: 0, addresses: [] })
  expect(texts.filter((text) => ACTING.test(text))).toEqual([])
}

function hostileModels(): unknown[] {
  const texts = [
    ...MARKUP.map((text) => `script ${text}`),
    ...UNSEEN.map((text) => `unseen ${text}after`),
    ...NAMES.map((text) => `${text} proto`),
    ...FORMULAS.map((text) => `${text} formula evil`),
    ...SHAPES.map((text) => `shape ${text}`),
  ]
  return Array.from({ length: HOW_MANY }, (_, index) => {
    const text = texts[index % texts.length] ?? ''
    return {
      id: index % 3 === 0 ? `org/${index}` : `${text.replaceAll(/\s/g, '_').slice(0, 200)}/${index}`,
      object: 'model',
      created: 1_700_000_000,
      type: 'chat',
      display_name: `${text} ${index}`,
      organization: text,
      link: `javascript:${SET}`,
      context_length: 4096,
      pricing: { input: 0.1, output: 0.2 },
    }
  })
}
