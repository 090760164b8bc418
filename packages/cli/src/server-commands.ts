import type { Command } from 'commander'
import { heading } from './print/heading.ts'
import { SERVER_OPTION, SERVER_VARIABLES } from './server-option.ts'

/** What is done at a server. */
export function addServerCommands(program: Command, setExitCode: (code: number) => void): void {
  program
    .commandsGroup('At a server:')
    .command('login')
    .summary('sign in at a server, and keep a token for it')
    .description(
      'Signs in at a Rollcall server, makes a personal access token there and keeps it for the other commands.',
    )
    .option(...SERVER_OPTION)
    .option('--token-stdin', 'read a personal access token from standard input instead, for scripts')
    .addHelpText('after', `\n${LOGIN_HELP}`)
    .action(async (options) => {
      const { loginCommand } = await import('./commands/login.ts')
      await loginCommand(options)
    })

  program
    .command('logout')
    .summary('revoke and forget the token for a server')
    .description('Forgets the token for a server, and revokes it there if "rollcall login" has made it.')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (options) => {
      const { logoutCommand } = await import('./commands/logout.ts')
      await logoutCommand(options)
    })

  const keys = program
    .command('keys')
    .summary('add, list and remove the keys stored at a server')
    .description('The provider keys that are stored at a server. None is ever shown again.')
    .usage('<command> [options]')
    .addHelpText('after', `\n${KEYS_HELP}`)
  keys
    .command('add')
    .summary('store a key, or replace the one of the same provider and label')
    .description(
      'Stores a key, typed unseen or piped in, or replaces the one of the same provider and label.',
    )
    .argument('<provider>', 'openai, anthropic and so on')
    .option('--label <label>', 'a name, where you have several keys of one provider')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${KEYS_HELP}`)
    .action(async (provider, options) => {
      const { addKeyCommand } = await import('./commands/keys.ts')
      await addKeyCommand(provider, options)
    })
  keys
    .command('list')
    .summary('list the stored keys, without the keys')
    .description('Lists the stored keys, without the keys, and what became of each.')
    .option('--json', 'print the whole answer as JSON')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (options) => {
      const { listKeysCommand } = await import('./commands/keys.ts')
      await listKeysCommand(options)
    })
  keys
    .command('remove')
    .summary('delete a stored key')
    .description('Deletes a stored key, with its lists.')
    .argument('<provider>', 'openai, anthropic and so on')
    .option('--label <label>', 'of the key that has this name')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (provider, options) => {
      const { removeKeyCommand } = await import('./commands/keys.ts')
      await removeKeyCommand(provider, options)
    })

  const favourite = program
    .command('favourite')
    .summary('add and remove favourites; "models --server --favourite" lists them')
    .description('Your favourites among the models, as they are kept at a server.')
    .usage('<command> [options]')
    .addHelpText('after', `\n${EXIT_CODES}`)
  favourite
    .command('add')
    .summary('make models favourites')
    .description('Makes models favourites that your keys stored there can use.')
    .argument('<models...>', 'such as openai/gpt-4o')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (models, options) => {
      const { addFavouriteCommand } = await import('./commands/favourite.ts')
      setExitCode(await addFavouriteCommand(models, options))
    })
  favourite
    .command('remove')
    .summary('make them favourites no more')
    .description('Takes models from your favourites, also those that nobody offers any more.')
    .argument('<models...>', 'by their whole ids')
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (models, options) => {
      const { removeFavouriteCommand } = await import('./commands/favourite.ts')
      setExitCode(await removeFavouriteCommand(models, options))
    })

  program
    .command('rotate-master-key')
    .summary('seal everything stored at a server with a new master key')
    .description(
      'Has the server seal every stored secret with a new master key, while it goes on serving, and waits until it is done. For admins.',
    )
    .option(...SERVER_OPTION)
    .addHelpText('after', `\n${EXIT_CODES}`)
    .action(async (options) => {
      const { rotateMasterKeyCommand } = await import('./commands/rotate-master-key.ts')
      await rotateMasterKeyCommand(options)
    })
}

const EXIT_CODES = `${heading('Exit codes:')}
  0 done    1 it could not be done    2 wrong usage, or not signed in    130 interrupted`

const LOGIN_HELP = `${heading('Examples:')}
  rollcall login                                            at the server on this machine
  rollcall login --server https://rollcall.example.com
  rollcall login --token-stdin < token.txt                  with a token made in the web app

The token is kept in ~/.config/rollcall/credentials.json (XDG_CONFIG_HOME, on Windows APPDATA), for you alone.

${SERVER_VARIABLES}

${EXIT_CODES}`

const KEYS_HELP = `${heading('Examples:')}
  rollcall keys add openai                       asks for the key, and does not show it
  rollcall keys add groq --label work < key.txt  piped in; a key is never an argument
  rollcall keys remove groq --label work

${SERVER_VARIABLES}

${EXIT_CODES}`
