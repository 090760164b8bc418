import type { Command } from 'commander'
import { heading } from './print/heading.ts'

/** What is done on the machine of a server, with its files. */
export function addUpkeepCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .commandsGroup('On the machine of a server:')
    .command('config')
    .summary('print every setting of a server, its value and where that comes from')
    .description(
      'Prints every setting as a server would have it that is started from this shell. Secrets are masked.',
    )
    .option('--json', 'print them as JSON')
    .addHelpText('after', `\n${CONFIG_HELP}`)
    .action(async (options) => {
      const { configCommand } = await import('./commands/config.ts')
      setExitCode(configCommand(options))
    })

  program
    .command('backup')
    .summary('copy the embedded database to a file, also while it is served')
    .description(
      'Copies the embedded database, as it is at one moment, to a file. The server need not be stopped.',
    )
    .argument('<file>', 'where to')
    .option('--force', 'overwrite the file if it exists')
    .addHelpText('after', `\n${BACKUP_HELP}`)
    .action(async (file, options) => {
      const { backupCommand } = await import('./commands/backup.ts')
      await backupCommand(file, options)
    })

  program
    .command('restore')
    .summary('put a backup in place of the embedded database, also while it is served')
    .description(
      'Checks a backup, then puts it in place of the embedded database and keeps the old one beside it. The server need not be stopped.',
    )
    .argument('<file>', 'a file that "rollcall backup" has made')
    .addHelpText('after', `\n${BACKUP_HELP}`)
    .action(async (file) => {
      const { restoreCommand } = await import('./commands/backup.ts')
      await restoreCommand(file)
    })
}

const CONFIG_HELP = `${heading('Exit codes:')}
  0 a server would start with them    2 it would not: what is wrong is said on standard error`

const BACKUP_HELP = `${heading('Examples:')}
  rollcall backup ~/backups/rollcall-monday.db
  rollcall restore ~/backups/rollcall-monday.db

The secrets that open the stored keys are not in a backup: keep secrets.json of the data folder too, apart from it.

${heading('Variables')} (as for the server):
  ROLLCALL_DATA_DIR   folder of the database and the secrets (./data)
  DATABASE_URL        a PostgreSQL is backed up with pg_dump instead

${heading('Exit codes:')}
  0 done    1 it could not be done, and nothing was changed    2 wrong usage`
