import { backUp, restore } from '@rollcall/server/backup'
import { readSettings, type Settings, showSettings } from '@rollcall/server/settings'
import { CommandError } from '../command-error.ts'
import { UsageError } from '../usage-error.ts'

/** Copies the embedded database to a file, also while a server uses it. */
export async function backupCommand(file: string, { force = false }: { force?: boolean }): Promise<void> {
  const done = await backUp(goodSettings(), file, { isForced: force })
  if ('problem' in done) throw new CommandError(done.problem)
  const secrets =
    done.secretsFile === null
      ? 'The secrets that open its keys are in ROLLCALL_MASTER_KEY and ROLLCALL_TOKEN_SECRET: keep them apart from it.'
      : `The secrets that open its keys are not in it: back up ${done.secretsFile} too, and keep the two apart.`
  process.stdout.write(`The database is backed up in ${done.file}.\n${secrets}\n`)
}

/** Puts a backup in the database's place, also while a server uses it. */
export async function restoreCommand(file: string): Promise<void> {
  const settings = goodSettings()
  const done = await restore(settings, file)
  if ('problem' in done) throw new CommandError(done.problem)
  process.stdout.write(
    [
      `The database in ${settings.dataDir} is that of the backup now${done.isServed ? ', and the server that runs goes on with it' : ''}.`,
      'Everybody signs in again. What was revoked or deleted since the backup is back: do so again where it matters.',
      ...(done.before === null
        ? []
        : [`The old one is kept in ${done.before}: delete it when nothing is missing.`]),
      '',
    ].join('\n'),
  )
}

function goodSettings(): Settings {
  const problems = showSettings(process.env).flatMap(({ problem }) => problem ?? [])
  if (problems.length > 0) throw new UsageError(problems.join('\n'))
  return readSettings(process.env)
}
