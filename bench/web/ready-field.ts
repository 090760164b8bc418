import type { Browser, Page } from 'playwright-core'
import { type Keystroke, measureOpening, recordPaints, startTypist, type Typist } from './keystrokes.ts'

/** A field that is ready to be typed into, and what opening it took. */
export interface ReadyField {
  typist: Typist
  openings: Keystroke[]
}
type ContenderPage = 'bare' | 'cmdk' | 'select'

/** The account that `signUp` makes. */
export const ACCOUNT = { email: 'bench@example.com', password: 'a long enough password' }
export const VIEWPORT = { width: 1280, height: 900 }
const OPENINGS = 5

/** Our picker on its real page. */
export async function openPicker(browser: Browser, address: string): Promise<ReadyField> {
  const page = await openPage(browser, address)
  await page.goto(`${address}/new-run`)
  const field = page.getByRole('combobox', { name: 'Model' })
  await field.and(page.getByPlaceholder('Choose a model')).waitFor()
  const openings: Keystroke[] = []
  for (let round = 0; round < OPENINGS; round++) {
    await field.focus()
    openings.push(await measureOpening(page, 'ArrowDown'))
    await page.keyboard.press('Escape')
  }
  return { typist: await startTypist(page, field), openings }
}

/** What it is measured beside. */
export async function openContender(
  browser: Browser,
  site: string,
  name: ContenderPage,
): Promise<ReadyField> {
  const openings: Keystroke[] = []
  let page = await openContenderPage(browser, site, name)
  if (name === 'cmdk') {
    for (let round = 0; round < OPENINGS; round++) {
      if (round > 0) {
        await page.context().close()
        page = await openContenderPage(browser, site, name)
      }
      await page.getByRole('button', { name: 'Open' }).focus()
      openings.push(await measureOpening(page, 'Enter'))
    }
  }
  return { typist: await startTypist(page, page.locator('input, select')), openings }
}

async function openContenderPage(browser: Browser, site: string, name: ContenderPage): Promise<Page> {
  const page = await openPage(browser)
  await page.goto(`${site}/${name}.html`)
  if (name !== 'bare') await page.waitForFunction(() => document.title === 'ready')
  return page
}

/** A page that counts its frames; signed in where there is a server of ours. */
async function openPage(browser: Browser, address?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT })
  if (address) await context.request.post(`${address}/api/auth/login`, { data: ACCOUNT })
  await context.addInitScript(recordPaints)
  return context.newPage()
}
