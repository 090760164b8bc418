import { PROVIDERS, type Provider, toAvailableModels } from '@rollcall/core'
import { selectModels } from '@rollcall/core/select-models'
import { askProviders } from '../ask-providers.ts'
import { EXIT, type ModelsOptions, outputOf, readProviders, readSelection } from '../models-options.ts'
import { type Output, printAnswer } from '../print/answer.ts'
import { toModelsCsv } from '../print/models-csv.ts'
import { toNoKeysText } from '../print/no-keys.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { UsageError } from '../usage-error.ts'

/** Asks every provider that has a key, prints what came, returns the documented exit code. */
export async function modelsCommand(options: ModelsOptions): Promise<number> {
  if (options.refresh)
    throw new UsageError('--refresh goes with --server: without one, every list is asked for anew.')
  for (const name of ['favourite', 'hidden'] as const) {
    if (options[name]) throw new UsageError(`--${name} goes with --server: such marks are kept there.`)
  }
  const output = outputOf(options)
  const selection = readSelection(options)
  const wanted = readProviders(options.provider)
  const { demo, timeout, catalogue } = options
  return askProviders({ wanted, demo, timeout, catalogue, isTold: output === 'table' }, (asked) => {
    const { withKey, tookMs } = asked
    if (withKey.length === 0) {
      printNothingAsked(output, wanted)
      return EXIT.answered
    }
    const answer = selectModels(asked.answer, selection)
    const notAsked = (wanted ?? [])
      .filter((provider) => !withKey.includes(provider))
      .map(({ name, keyVariables }) => `${name} was not asked: set ${keyVariables.join(' or ')}.`)
    printAnswer(output, answer, { notAsked, tookMs, sort: selection.sort })
    return answer.statuses.some(({ status }) => status === 'fresh') ? EXIT.answered : EXIT.allFailed
  })
}

function printNothingAsked(output: Output, wanted: readonly Provider[] | undefined): void {
  const text = toNoKeysText(wanted ?? PROVIDERS, wanted !== undefined)
  if (output === 'json') process.stdout.write(`${toSafeJson(toAvailableModels([]))}\n`)
  else if (output === 'csv') process.stdout.write(toModelsCsv([]))
  const stream = output === 'table' ? process.stdout : process.stderr
  if (output !== 'json' || wanted) stream.write(text)
}
