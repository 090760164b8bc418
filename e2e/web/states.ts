import type { Simulator } from '@rollcall/simulator'
import type { Page } from 'playwright-core'
import { openPicker } from './steps.ts'

/**
 * Who is looking: somebody with keys of which some fail, somebody without any, somebody who changes their account, the
 * admin, nobody, or the very first visitor.
 */
export type Viewer = 'user' | 'newcomer' | 'changer' | 'admin' | 'nobody' | 'first'

/** What a state may need besides its page. */
interface Surroundings {
  simulator: Simulator
  /** Ends every session of whoever is looking. */
  endSessions: () => Promise<void>
}

/** Something that the interface shows, and how to get there. */
export interface PageState {
  name: string
  viewer: Viewer
  path: string
  open?: (page: Page, surroundings: Surroundings) => Promise<void>
}

export const STATES: readonly PageState[] = [
  { name: 'first-account', viewer: 'first', path: '/' },
  { name: 'sign-in', viewer: 'nobody', path: '/' },
  { name: 'sign-in-refused', viewer: 'nobody', path: '/', open: signInWrongly },
  { name: 'create-account', viewer: 'nobody', path: '/register' },
  { name: 'reset', viewer: 'nobody', path: '/reset#a-token' },
  { name: 'reset-incomplete', viewer: 'nobody', path: '/reset' },

  { name: 'models', viewer: 'user', path: '/models', open: showModels },
  { name: 'models-empty', viewer: 'newcomer', path: '/models' },
  { name: 'models-searched', viewer: 'user', path: '/models?q=claude&sort=-context', open: showModels },
  {
    name: 'models-why-missing',
    viewer: 'user',
    path: '/models?q=gpt-44o-minni',
    open: (page) => page.getByRole('region', { name: 'No model fits' }).waitFor(),
  },
  { name: 'models-details', viewer: 'user', path: '/models', open: (page) => press(page, 'Details') },
  { name: 'models-filters', viewer: 'user', path: '/models', open: (page) => openDialog(page, 'Add filter') },
  { name: 'model-sheet', viewer: 'user', path: '/models', open: openSheet },
  { name: 'model-correction', viewer: 'user', path: '/models', open: correctWrongly },

  { name: 'models-chosen', viewer: 'user', path: '/models?q=gpt-4o', open: chooseTwo },

  { name: 'compare-empty', viewer: 'user', path: '/compare' },
  {
    name: 'compare-two',
    viewer: 'user',
    path: '/compare?ids=openai/gpt-4o,anthropic/claude-sonnet-4-5-20250929',
  },
  {
    name: 'compare-six',
    viewer: 'user',
    path: '/compare?ids=openai/gpt-4o,openai/gpt-4o-mini,openrouter/openai/gpt-4o,groq/unknown,acme/x,cohere/command-a-03-2025&only=differences',
  },

  { name: 'new-run', viewer: 'user', path: '/new-run', open: fillRun },
  { name: 'new-run-empty', viewer: 'newcomer', path: '/new-run' },
  { name: 'new-run-incomplete', viewer: 'user', path: '/new-run', open: (page) => press(page, 'Run') },
  { name: 'picker', viewer: 'user', path: '/new-run', open: openPicker },
  { name: 'picker-empty', viewer: 'newcomer', path: '/new-run', open: openPicker },
  { name: 'picker-searched', viewer: 'user', path: '/new-run', open: (page) => searchPicker(page, 'claude') },
  { name: 'picker-nothing', viewer: 'user', path: '/new-run', open: (page) => searchPicker(page, 'acme/x') },
  { name: 'custom-model', viewer: 'user', path: '/new-run', open: typeCustomId },

  { name: 'runs', viewer: 'user', path: '/runs' },
  { name: 'runs-empty', viewer: 'newcomer', path: '/runs' },
  { name: 'runs-none-found', viewer: 'user', path: '/runs?q=nothing-like-it' },
  { name: 'runs-narrowed', viewer: 'user', path: '/runs?status=partial&provider=openai' },
  { name: 'run', viewer: 'user', path: '/runs/{run}' },
  { name: 'run-failed', viewer: 'user', path: '/runs/{failed}' },
  { name: 'run-of-four', viewer: 'user', path: '/runs/{four}' },
  { name: 'run-running', viewer: 'user', path: '/new-run?again={finished}', open: runForever },
  { name: 'run-unknown', viewer: 'user', path: '/runs/00000000-0000-4000-8000-000000000000' },
  { name: 'run-again', viewer: 'user', path: '/new-run?again={run}' },

  { name: 'usage', viewer: 'user', path: '/usage', open: showUsage },
  {
    name: 'usage-one-day',
    viewer: 'user',
    path: '/usage?days=20&show=answers&bars=provider&by=day&sort=-errors',
    open: pointAtDay,
  },
  { name: 'usage-empty', viewer: 'newcomer', path: '/usage' },
  { name: 'usage-none-fits', viewer: 'user', path: '/usage?provider=cohere' },

  { name: 'keys', viewer: 'user', path: '/settings/keys' },
  { name: 'key-details', viewer: 'user', path: '/settings/keys', open: openKeyDetails },
  { name: 'keys-empty', viewer: 'newcomer', path: '/settings/keys' },
  {
    name: 'key-dialog',
    viewer: 'user',
    path: '/settings/keys',
    open: (page) => typeKey(page, 'sk-ant-a-key'),
  },
  {
    name: 'key-refused',
    viewer: 'user',
    path: '/settings/keys',
    open: (page) => typeKey(page, 'sk-\u200ba-key'),
  },
  { name: 'key-deleted', viewer: 'changer', path: '/settings/keys', open: deleteKey },
  { name: 'tokens', viewer: 'user', path: '/settings/tokens' },
  {
    name: 'token-dialog',
    viewer: 'user',
    path: '/settings/tokens',
    open: (page) => openDialog(page, 'Create access token'),
  },
  { name: 'account', viewer: 'user', path: '/settings/account' },
  { name: 'second-factor', viewer: 'changer', path: '/settings/account', open: beginSecondFactor },
  {
    name: 'delete-account',
    viewer: 'user',
    path: '/settings/account',
    open: (page) => openDialog(page, 'Delete account…'),
  },
  { name: 'appearance', viewer: 'user', path: '/settings/appearance' },
  { name: 'users', viewer: 'admin', path: '/settings/users' },
  {
    name: 'user-menu',
    viewer: 'admin',
    path: '/settings/users',
    open: (page) => openMenu(page, /^Actions for/),
  },
  {
    name: 'invitation',
    viewer: 'admin',
    path: '/settings/users',
    open: (page) => openDialog(page, 'Invite somebody'),
  },

  { name: 'palette', viewer: 'user', path: '/runs', open: (page) => searchPalette(page, '') },
  {
    name: 'palette-searched',
    viewer: 'user',
    path: '/models',
    open: (page) => searchPalette(page, 'gpt-4o'),
  },
  { name: 'shortcuts', viewer: 'user', path: '/models', open: (page) => page.keyboard.press('?') },
  { name: 'account-menu', viewer: 'user', path: '/runs', open: (page) => openMenu(page, /^Account of/) },
  { name: 'not-found', viewer: 'user', path: '/nothing-here' },
  { name: 'models-asking', viewer: 'user', path: '/models', open: askOpenAi },
  { name: 'keys-asking', viewer: 'user', path: '/settings/keys', open: askOpenAi },
  { name: 'offline', viewer: 'user', path: '/models', open: cutOff },
  { name: 'session-ended', viewer: 'changer', path: '/new-run', open: losesSession },
]

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click()
}

async function signInWrongly(page: Page): Promise<void> {
  await page.getByLabel('E-mail').fill('nobody@example.com')
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await press(page, 'Sign in')
  await page
    .getByText(/wrong|not right|no account/i)
    .first()
    .waitFor()
}

async function showModels(page: Page): Promise<void> {
  await page.getByRole('row').nth(3).waitFor()
}

async function showUsage(page: Page): Promise<void> {
  await page.getByRole('table').waitFor()
}

async function pointAtDay(page: Page): Promise<void> {
  await showUsage(page)
  await page.getByRole('slider').press('ArrowLeft')
}

async function openSheet(page: Page): Promise<void> {
  await showModels(page)
  await page.getByRole('row').nth(3).click()
  await page.getByRole('dialog').waitFor()
}

async function correctWrongly(page: Page): Promise<void> {
  await openSheet(page)
  await press(page, 'Set right')
  await page.getByLabel('Context window', { exact: true }).fill('128k')
  await page.getByLabel('Input price', { exact: true }).fill('0.15')
  await page.getByText('Write a whole number of tokens').waitFor()
}

async function chooseTwo(page: Page): Promise<void> {
  await showModels(page)
  await page.getByRole('searchbox', { name: 'Search models' }).press('ArrowDown')
  await page.keyboard.press('s')
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('x')
  await page.getByRole('link', { name: 'Compare (2)' }).waitFor()
}

async function askOpenAi(page: Page, { simulator }: Surroundings): Promise<void> {
  await simulator.set('openai', { fault: 'C1' })
  await page.getByRole('button', { name: 'Refresh all models' }).click()
  await page.getByText('checking…').first().waitFor()
}

async function openKeyDetails(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Details of the/ })
    .first()
    .click()
  await page
    .getByRole('img', { name: /calls?/ })
    .first()
    .waitFor()
}

async function fillRun(page: Page): Promise<void> {
  await searchPicker(page, 'claude')
  await page.keyboard.press('Enter')
  await page.getByLabel('Prompt', { exact: true }).fill('Why is the sky blue?\n\nAnswer in one paragraph.')
  await press(page, 'Add another model')
  await page.getByText('Advanced').click()
}

async function runForever(page: Page, { simulator }: Surroundings): Promise<void> {
  await simulator.set('openai', { fault: 'K5' })
  await page.getByText('Why is the sky blue?').waitFor()
  await press(page, 'Run')
  await page.getByText('answering…').filter({ visible: true }).first().waitFor()
}

async function searchPicker(page: Page, text: string): Promise<void> {
  await openPicker(page)
  await page.keyboard.type(text)
  await page.getByRole('option').first().waitFor()
}

async function typeCustomId(page: Page): Promise<void> {
  await openPicker(page)
  await page.getByRole('option', { name: 'Custom Model' }).click()
  await page.getByLabel('Custom model id').fill('gpt 4o')
  await page.getByLabel('Custom model id').blur()
}

async function typeKey(page: Page, text: string): Promise<void> {
  await press(page, 'Add Cohere key')
  await page.getByLabel('API key', { exact: true }).fill(text)
}

async function deleteKey(page: Page, { simulator }: Surroundings): Promise<void> {
  await press(page, 'Add Groq key')
  await page.getByLabel('API key', { exact: true }).fill(simulator.keys.groq)
  await press(page, 'Save')
  await press(page, 'Delete Groq key')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
}

async function beginSecondFactor(page: Page): Promise<void> {
  await press(page, 'Set up')
  await page.getByRole('dialog').getByLabel('Password', { exact: true }).fill('a long enough password')
  await press(page, 'Go on')
  await page.getByRole('img', { name: /QR code/ }).waitFor()
}

async function openDialog(page: Page, button: string): Promise<void> {
  await press(page, button)
  await page.getByRole('dialog').waitFor()
}

async function openMenu(page: Page, button: RegExp): Promise<void> {
  await press(page, button)
  await page.getByRole('menu').waitFor()
}

async function searchPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('option').first().waitFor()
  await page.keyboard.type(text)
}

async function cutOff(page: Page): Promise<void> {
  await showModels(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: 'Refresh all models' }).click()
  await page.getByText('The server does not answer').first().waitFor()
}

async function losesSession(page: Page, { endSessions }: Surroundings): Promise<void> {
  await endSessions()
  await page.getByRole('dialog', { name: 'Sign in to go on' }).waitFor()
}
