import { models } from '@rollcall/core/figures'
import type { StoredKey } from '@rollcall/core/schema'
import { visible } from '@rollcall/core/visible-text'
import { CommandError } from '../command-error.ts'
import { type CallServer, connectSignedIn } from '../connect.ts'
import { readProvider } from '../models-options.ts'
import { problemsOf } from '../print/answer.ts'
import { toColumns } from '../print/columns.ts'
import { toSafeJson } from '../print/safe-json.ts'
import { ask, canAsk, readStdin } from '../read-secret.ts'
import { readServer, warningFor } from '../server-address.ts'
import { UsageError } from '../usage-error.ts'

export interface KeysOptions {
  server?: string
  label?: string
  json?: boolean
}

/** The server's refusals that speak of what was typed. */
const WRONG_USAGE: readonly string[] = ['key_text', 'invalid_request']

/** Stores a key, piped in or typed unseen, never from an argument: those are seen by every process of the machine. */
export async function addKeyCommand(
  providerName: string,
  { server: option, label }: KeysOptions,
): Promise<void> {
  const provider = readProvider(providerName)
  const { server, call } = open(option)
  const warning = warningFor(server)
  if (warning) process.stderr.write(`${warning}\n`)
  const key = canAsk()
    ? await ask(`${provider.name} key`, { isSecret: true })
    : await readStdin(`the ${provider.name} key`)
  const stored = await inUsersWords(() => call('saveKey', { body: { provider: provider.key, key, label } }))
  const shown = stored.preview === null ? '' : ` ${visible(stored.preview)}`
  process.stdout.write(
    `The ${nameOf(stored)} key${shown} is stored at ${server}, and its models are asked for.\n`,
  )
}

export async function listKeysCommand({ server: option, json }: KeysOptions): Promise<void> {
  const { server, call } = open(option)
  const answer = await call('listKeys', {})
  if (json) {
    process.stdout.write(`${toSafeJson(answer)}\n`)
    return
  }
  const keys = answer.api_keys
  if (keys.length === 0) {
    process.stdout.write(`You have no keys at ${server}. Add one with: rollcall keys add <provider>\n`)
    return
  }
  const rows = keys.map((key) => [
    key.provider,
    key.label === null ? '' : visible(key.label),
    key.preview === null ? '…' : visible(key.preview),
    key.updated_at.slice(0, 10),
    stateOf(key),
  ])
  const problems = keys.flatMap(({ status }) => (status ? problemsOf(status) : []))
  process.stdout.write(`${toColumns([['PROVIDER', 'LABEL', 'KEY', 'SET ON', 'MODELS'], ...rows])}\n`)
  if (problems.length > 0) {
    process.stdout.write(`\n${problems.map(([mark, sentence]) => `${mark} ${sentence}\n`).join('')}`)
  }
}

export async function removeKeyCommand(
  providerName: string,
  { server: option, label }: KeysOptions,
): Promise<void> {
  const provider = readProvider(providerName)
  const { server, call } = open(option)
  await inUsersWords(() =>
    call('removeKey', {
      params: { provider: provider.key },
      ...(label === undefined ? {} : { query: { label } }),
    }),
  )
  process.stdout.write(
    `The ${nameOf({ name: provider.name, label: label ?? null })} key is gone from ${server}.\n`,
  )
}

function open(option: string | undefined): { server: string; call: CallServer } {
  const server = readServer(option, process.env)
  return { server, call: connectSignedIn(server, process.env) }
}

async function inUsersWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CommandError && WRONG_USAGE.includes(error.code ?? '')) {
      throw new UsageError(error.message)
    }
    throw error
  }
}

function nameOf({ name, label }: Pick<StoredKey, 'name' | 'label'>): string {
  return label ? `${name} (${visible(label)})` : name
}

function stateOf({ status, is_refreshing }: StoredKey): string {
  if (is_refreshing) return 'asking…'
  if (status === null) return 'not asked yet'
  if (status.status === 'failed') return (status.code ?? 'failed').replaceAll('_', ' ')
  const aside = status.status === 'stale' || status.status === 'static' ? ` (${status.status})` : ''
  return `${models(status.model_count)}${aside}`
}
