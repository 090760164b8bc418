import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { startDemo } from '../../packages/server/src/demo.ts'
import { codeOf } from '../../packages/server/src/testing/authenticator.ts'
import { startTestServer } from '../../packages/server/src/testing/test-server.ts'
import { addKey, chooseModel, statusOf } from './steps.ts'
import { webUnderTest } from './web-under-test.ts'

const web = webUnderTest()
const PASSWORD = 'correct horse battery'

describe('accounts', () => {
  it('The first account, its first key and its first run', async () => {
    const server = await startTestServer({ simulator: web.simulator, web: web.folder })
    try {
      const { page } = await web.visitAt(server.address)
      await page.getByRole('heading', { name: 'Create the first account' }).waitFor()
      // the first field has the focus
      await page.keyboard.type('ada@example.com')
      expect(await page.getByLabel('E-mail').inputValue()).toBe('ada@example.com')
      await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Create account' }).click()
      await addKey(page, 'OpenAI', web.simulator.keys.openai)
      await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
      await page.getByRole('link', { name: 'New run' }).click()
      await page.getByRole('combobox', { name: 'Model' }).click()
      await page.getByRole('option').first().click()
      await page.getByLabel('Prompt', { exact: true }).fill('Why is the sky blue?')
      await page.getByRole('button', { name: 'Run', exact: true }).click()
      await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
      await page.getByText('Why is the sky blue?').first().waitFor()
    } finally {
      await web.leaveAll()
      await server.remove()
    }
  })

  it('Signing in, with the cause beside the field where it fails', async () => {
    const { email, password } = await web.server.register()
    const { page, expects } = await web.visit({ path: '/runs' })
    expects(401, '/api/auth/login')
    await signIn(page, email, 'not the password')
    await page.getByRole('alert').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe(email)
    await page.getByLabel('Password', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    // where they wanted to go
    await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor()
  })

  it('A second factor', async () => {
    const { page, user, expects } = await web.signedIn({ path: '/settings/account' })
    await page.getByRole('button', { name: 'Set up' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Password', { exact: true }).fill(user.password)
    const begun = answerOf(page, 'POST', '/api/auth/two-factor')
    await dialog.getByRole('button', { name: 'Go on' }).click()
    const { uri } = await begun
    await dialog.getByRole('img', { name: /QR code/ }).waitFor()
    const confirmed = answerOf(page, 'POST', '/api/auth/two-factor/confirm')
    await dialog.getByLabel('Code', { exact: true }).fill(codeOf(uri))
    await dialog.getByRole('button', { name: 'Switch on' }).click()
    const { recovery_codes } = await confirmed
    for (const code of recovery_codes) await dialog.getByText(code).waitFor()
    await dialog.getByRole('button', { name: 'I have kept them' }).click()
    await page.getByRole('button', { name: 'Switch off' }).waitFor()
    await page.getByRole('button', { name: /^Account of/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()

    expects(401, '/api/auth/login')
    await signIn(page, user.email, user.password)
    const code = page.getByLabel('Code', { exact: true })
    await code.fill('000000')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect.poll(() => code.getAttribute('aria-invalid')).toBe('true')
    await code.fill(recovery_codes[0])
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: `Account of ${user.email}` }).waitFor()
  })

  it('An invitation', async () => {
    const server = await startTestServer({
      simulator: web.simulator,
      web: web.folder,
      environment: { ROLLCALL_REGISTRATION: 'invite' },
    })
    try {
      const admin = await server.register()
      const { page } = await web.visitAt(server.address, { cookie: admin.cookie, path: '/settings/users' })
      await page.getByRole('button', { name: 'Invite somebody' }).click()
      const invited = answerOf(page, 'POST', '/api/admin/invitations')
      await page.getByRole('button', { name: 'Create invitation' }).click()
      const { url } = await invited
      await page.getByRole('dialog').getByText(url).waitFor()

      const guest = await web.visitAt(server.address, { path: new URL(url).pathname + new URL(url).hash })
      await guest.page.getByLabel('E-mail').fill('guest@example.com')
      expect(guest.page.url()).not.toContain('#')
      await guest.page.getByLabel('Password', { exact: true }).fill(PASSWORD)
      await guest.page.getByRole('button', { name: 'Create account' }).click()
      await guest.page.getByRole('button', { name: 'Account of guest@example.com' }).waitFor()

      const late = await web.visitAt(server.address, { path: '/register' })
      await late.page.getByLabel('Invitation').waitFor()
    } finally {
      await web.leaveAll()
      await server.remove()
    }
  })

  it('A reset link', async () => {
    const user = await web.server.register()
    const { page } = await web.visitAsAdmin({ path: '/settings/users' })
    await actOn(page, user.email, 'Create reset link…')
    await page.getByRole('button', { name: 'Create reset link' }).click()
    const link = page.getByRole('dialog').getByText(/\/reset#/)
    const url = new URL((await link.innerText()).trim())

    const other = await web.visit({ path: url.pathname + url.hash })
    await other.page.getByLabel('New password').fill(PASSWORD)
    expect(other.page.url()).not.toContain('#')
    await other.page.getByRole('button', { name: 'Set new password' }).click()
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await signIn(other.page, user.email, PASSWORD)
    await other.page.getByRole('button', { name: `Account of ${user.email}` }).waitFor()
  })

  it('A session that ends while somebody writes', async () => {
    const { page, user, expects } = await web.signedIn({ keys: ['openai'] })
    // news of the end are late, so that the page learns of it when it sends
    await page.route('/api/events', () => {})
    await page.goto('/new-run')
    const { id } = await web.firstModel(user, 'openai')
    await chooseModel(page, id)
    await page.getByLabel('Prompt', { exact: true }).fill('Written before the end')
    const body = { current_password: user.password, new_password: PASSWORD }
    await web.server.call('POST', '/api/auth/password', { token: user.token, body })
    expects(401, '/api/runs')
    expects(401, '/api/auth/login')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    const back = page.getByRole('dialog', { name: 'Sign in to go on' })
    await back.getByLabel('Password', { exact: true }).fill('not the password')
    await back.getByRole('button', { name: 'Sign in' }).click()
    await back.getByRole('alert').waitFor()
    expect(await page.getByLabel('Prompt', { exact: true }).inputValue()).toBe('Written before the end')
    await back.getByLabel('Password', { exact: true }).fill(PASSWORD)
    await back.getByRole('button', { name: 'Sign in' }).click()
    // what was asked for before goes on by itself
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/)
    await page.getByText('Written before the end').first().waitFor()
    await page.getByText(id).first().waitFor()
  })

  it('The demo', async () => {
    const demo = await startDemo({ PORT: '0' }, web.folder)
    try {
      const { page } = await web.visitAt(demo.address, { path: '/settings/keys' })
      await page.getByRole('button', { name: 'Enter the demo' }).click()
      await page.getByText(/^Demo/).waitFor()
      await expect.poll(() => statusOf(page, 'OpenAI')).toContain('ready')
      await expect.poll(() => statusOf(page, 'Mistral')).toContain('rejected')
      await page.getByRole('button', { name: 'Add Cohere key' }).click()
      await page.getByRole('button', { name: 'Use the demo’s key' }).click()
      await page.getByRole('button', { name: 'Save', exact: true }).click()
      await expect.poll(() => statusOf(page, 'Cohere')).toContain('ready')
    } finally {
      await web.leaveAll()
      await demo.close()
    }
  })

  it('An admin disables an account', async () => {
    const { user, page, expects } = await web.signedIn({ path: '/settings/keys' })
    await page.getByRole('heading', { name: 'Settings' }).waitFor()
    const admin = await web.visitAsAdmin({ path: '/settings/users' })
    await actOn(admin.page, user.email, 'Disable…')
    await admin.page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click()
    const row = admin.page.getByRole('listitem').filter({ hasText: user.email })
    await row.getByText('disabled', { exact: true }).waitFor()
    expects(401, /^\/api\//)
    expects(403, '/api/auth/login')
    const back = page.getByRole('dialog', { name: 'Sign in to go on' })
    // told at once, whatever is on the page
    await back.waitFor()
    await back.getByLabel('Password', { exact: true }).fill(user.password)
    await back.getByRole('button', { name: 'Sign in' }).click()
    await back.getByText(/disabled/).waitFor()
  })
})

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** From the menu of somebody's row. */
async function actOn(page: Page, email: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${email}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

async function answerOf(page: Page, method: string, path: string) {
  const response = await page.waitForResponse(
    (candidate) => new URL(candidate.url()).pathname === path && candidate.request().method() === method,
  )
  return response.json()
}
