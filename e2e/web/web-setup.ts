import { ensureBundle } from '@rollcall/web/bundle'
import type { TestProject } from 'vitest/node'
import { startBrowserServer } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    webFolder: string
    browserEndpoint: string
  }
}

/** The web app is built and a browser started once, for all files. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const webFolder = await ensureBundle()
  const browser = await startBrowserServer()
  project.provide('webFolder', webFolder)
  project.provide('browserEndpoint', browser.wsEndpoint())
  return () => browser.close()
}
