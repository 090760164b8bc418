import { PROVIDERS } from '@rollcall/core'
import { selectModels } from '@rollcall/core/select-models'
import { connectSignedIn } from '../connect.ts'
import { listenForInterruption } from '../interruption.ts'
import { EXIT, type ModelsOptions, outputOf, readProviders, readSelection } from '../models-options.ts'
import { printAnswer } from '../print/answer.ts'
import { createProgressLine } from '../print/progress-line.ts'
import { readServer } from '../server-address.ts'
import { UsageError } from '../usage-error.ts'

/** Asks a server for what the keys stored there can use, and prints it the very same way. */
export async function serverModelsCommand(options: ModelsOptions): Promise<number> {
  const output = outputOf(options)
  const selection = readSelection(options)
  const wanted = readProviders(options.provider)
  if (options.demo) throw new UsageError('--demo and --server exclude each other.')
  if (options.timeout !== undefined) {
    throw new UsageError('--timeout has no say with --server: how long a provider may take is set there.')
  }
  const server = readServer(options.server, process.env)
  const interruption = listenForInterruption()
  const line = createProgressLine(process.stderr)
  try {
    const call = connectSignedIn(server, process.env, interruption.signal)
    const startedAt = performance.now()
    line.show(`Asking ${server}…`)
    const all = await call('availableModels', {
      query: {
        ...(options.refresh ? { force_refresh: 'true' as const } : {}),
        ...(wanted ? { provider: wanted.map(({ key }) => key).join(',') } : {}),
      },
    })
    line.clear()
    const asked = new Set(all.statuses.map(({ provider_key }) => provider_key))
    const notAsked = (wanted ?? [])
      .filter(({ key }) => !asked.has(key))
      .map(({ key, name }) => `${name} was not asked: store a key with "rollcall keys add ${key}".`)
    if (all.statuses.length === 0 && !wanted) {
      notAsked.push(
        `You have no keys at ${server}: store one with "rollcall keys add <provider>", such as ${PROVIDERS[0]?.key}.`,
      )
    }
    const tookMs = performance.now() - startedAt
    printAnswer(output, selectModels(all, selection), { notAsked, tookMs, sort: selection.sort })
    const hasFailed = all.statuses.every(({ status }) => status === 'failed' || status === 'static')
    return all.statuses.length > 0 && hasFailed ? EXIT.allFailed : EXIT.answered
  } catch (error) {
    if (interruption.exitCode !== undefined) return interruption.exitCode
    throw error
  } finally {
    line.clear()
    interruption.stopListening()
  }
}
