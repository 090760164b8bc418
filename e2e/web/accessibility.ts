import { fileURLToPath } from 'node:url'
import type axe from 'axe-core'
import type { BrowserContext, Page } from 'playwright-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

const AXE = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'))

/** Before the first page is opened: what `violationsOf` looks with comes along with every page. */
export async function bringAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ path: AXE })
}

/** Of every rule there is, WCAG 2.2 AA and good practice, or of these alone. */
export async function violationsOf(page: Page, rules?: string[]): Promise<string[]> {
  const violations = await page.evaluate(async (only) => {
    const results = await window.axe.run(document, {
      resultTypes: ['violations'],
      // what is told is how it looks, not where it stands
      selectors: false,
      rules: { 'target-size': { enabled: true } },
      ...(only && { runOnly: { type: 'rule', values: only } }),
    })
    return results.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => ({ id, html, failureSummary })),
    )
  }, rules)
  return (
    violations
      // an option's figures are read out with what they mean ("context 131k"), and nobody calls it by them
      .filter(({ id, html }) => !(id === 'label-content-name-mismatch' && html.includes('role="option"')))
      .map(({ id, html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`)
  )
}
