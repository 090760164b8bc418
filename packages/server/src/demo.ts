import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseUrlVariable, isLoopback, PROVIDERS } from '@rollcall/core'
import { createClient } from '@rollcall/core/schema'
import {
  createSimulator,
  DEMO_LATENCY_MS,
  DEMO_PACE,
  type SimulatedProvider,
  type Simulator,
} from '@rollcall/simulator'
import { readSettings } from './settings.ts'
import { type RunningServer, startServer } from './start.ts'
import { StartError } from './start-error.ts'

export const DEMO_ACCOUNT = { email: 'demo@rollcall.example', password: 'made-up models' }
const NOTICE =
  'Demo: made-up models of simulated providers. No key typed here goes anywhere, and all is gone when it ends.'
/** To be shown: one key is rejected, and one provider is left for the visitor to add. */
const REJECTED_KEYS: Partial<Record<SimulatedProvider, string>> = { mistral: 'sim-mistral-a-bad-key-0004' }
const LEFT_OUT: readonly string[] = ['cohere']
/** Of the environment: all else is the demo's own, so that nothing of a real installation is met. */
const TAKEN = ['PORT', 'HOST', 'ROLLCALL_LOG_LEVEL']

/**
 * A server on this machine alone, with simulated providers and an account that everybody knows. What it keeps is in a
 * temporary folder, which goes with the process.
 */
export async function startDemo(
  environment: Readonly<Record<string, string | undefined>>,
  web: string | undefined,
): Promise<RunningServer> {
  if (environment.HOST && !isLoopback(environment.HOST)) {
    throw new StartError(
      'HOST is not this machine alone: everybody knows the password of the demo, so leave HOST out or make it 127.0.0.1.',
    )
  }
  const simulator = await createSimulator({ latencyMs: DEMO_LATENCY_MS, ...DEMO_PACE })
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-demo-'))
  const removeFolder = () => rmSync(dataDir, { recursive: true, force: true })
  // however it ends
  process.once('exit', removeFolder)
  let server: RunningServer | undefined
  const close = async () => {
    await server?.close()
    await simulator.close()
    removeFolder()
  }
  try {
    const settings = readSettings({ ...ownSettings(simulator, dataDir), ...taken(environment) })
    const demo = { ...DEMO_ACCOUNT, keys: { ...simulator.keys }, notice: NOTICE }
    server = await startServer(settings, { demo, ...(web === undefined ? {} : { web }) })
    await furnish(server.address, simulator)
    return { ...server, close }
  } catch (error) {
    await close()
    throw error
  }
}

function ownSettings(simulator: Simulator, dataDir: string): Record<string, string> {
  return {
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_MASTER_KEY: randomBytes(32).toString('base64'),
    ROLLCALL_TOKEN_SECRET: randomBytes(32).toString('base64'),
    ROLLCALL_REGISTRATION: 'closed',
    ROLLCALL_CATALOGUE_URL: simulator.catalogueUrl,
    ...Object.fromEntries(
      PROVIDERS.map(({ key }) => [baseUrlVariable(key), simulator.bases[key as SimulatedProvider]]),
    ),
  }
}

function taken(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    TAKEN.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]]])),
  )
}

/** The account and its keys, by the way that everybody goes. */
async function furnish(address: string, simulator: Simulator): Promise<void> {
  let token: string | undefined
  const call = createClient({ server: address, fetch, token: () => token })
  token = (await call('register', { body: DEMO_ACCOUNT })).access_token
  for (const { key: provider } of PROVIDERS) {
    if (LEFT_OUT.includes(provider)) continue
    const name = provider as SimulatedProvider
    await call('saveKey', { body: { provider, key: REJECTED_KEYS[name] ?? simulator.keys[name] } })
  }
}
