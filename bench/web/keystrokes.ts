import type { CDPSession, Locator, Page } from 'playwright-core'

/** One key, in milliseconds. */
export interface Keystroke {
  /** Processor time for script, style and layout of the page, as the browser itself counts it. */
  work: number
  /** Of these, script alone. */
  script: number
  /** From the key to the frame that shows it. */
  paint: number
}

declare global {
  interface Window {
    /** From each key to the frame after it, in milliseconds. */
    paints: number[]
  }
}

/** Typed letter by letter, and taken back letter by letter. */
export const TEXTS = ['claude', 'gpt-4o mini', 'llama 70b', 'e', 'generated haiku', 'openai/gpt-5']
const WARM_UP = 'warm'

/** To be run before the page is. */
export function recordPaints(): void {
  window.paints = []
  const record = (event: Event) => {
    requestAnimationFrame(() => {
      // what is posted inside a frame arrives after it was painted
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => window.paints.push(performance.now() - event.timeStamp)
      port2.postMessage(null)
    })
  }
  addEventListener('keydown', record, { capture: true })
}

/** Types into a field whenever it is told to, and keeps what each key cost. */
export async function startTypist(page: Page, field: Locator) {
  const session = await count(page)
  const keystrokes: Keystroke[] = []
  await field.focus()
  for (const key of WARM_UP) await page.keyboard.press(key)
  for (const _ of WARM_UP) await page.keyboard.press('Backspace')
  return {
    keystrokes,
    async type(text: string): Promise<void> {
      for (const key of text) keystrokes.push(await measureKey(page, session, key === ' ' ? 'Space' : key))
      for (const _ of text) keystrokes.push(await measureKey(page, session, 'Backspace'))
    },
    stop: () => page.context().close(),
  }
}
export type Typist = Awaited<ReturnType<typeof startTypist>>

/** From the key to what it opens. */
export async function measureOpening(page: Page, key: string): Promise<Keystroke> {
  const session = await count(page)
  const keystroke = await measureKey(page, session, key)
  await session.detach()
  return keystroke
}

/** In processor time, so that whatever else this machine does is not counted. */
async function count(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return session
}

async function measureKey(page: Page, session: CDPSession, key: string): Promise<Keystroke> {
  await page.evaluate(() => window.paints.splice(0))
  const before = await durations(session)
  await page.keyboard.press(key)
  const paint = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const [paint] = window.paints
          if (paint === undefined) requestAnimationFrame(look)
          else resolve(paint)
        }
        look()
      }),
  )
  const after = await durations(session)
  return { paint, script: after.script - before.script, work: after.work - before.work }
}

/** Milliseconds so far. */
async function durations(session: CDPSession): Promise<{ script: number; work: number }> {
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (name: string) => (metrics.find((metric) => metric.name === name)?.value ?? 0) * 1000
  const script = of('ScriptDuration')
  return { script, work: script + of('RecalcStyleDuration') + of('LayoutDuration') }
}
