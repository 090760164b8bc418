import { type Command, Option } from 'commander'
import { addFilterOptions, collect } from './filter-options.ts'
import { milliseconds } from './milliseconds.ts'
import { heading } from './print/heading.ts'

/** The list of models, from here or from a server. */
export function addModelsCommand(program: Command, setExitCode: (code: number) => void): void {
  const command = program
    .command('models')
    .summary('list every model your keys can use')
    .description('Asks all providers you hold a key for, at once, and lists every model those keys can use.')
    .option('-p, --provider <name>', 'ask only this provider (repeat, or separate with commas)', collect)
    .option('-s, --search <words>', 'only models with all these words in id, name or provider')
    .option(
      '-k, --kind <kind>',
      'only chat, completion, embedding, image, audio, video, rerank, moderation, other or unknown (repeat, or separate with commas)',
      collect,
    )
    .option('--sort <by>', 'id, name, context, price or released')
    .option('--timeout <seconds>', 'the most one provider may take (10; also 500ms)', milliseconds)
    .option('--no-catalogue', 'show only what the providers say themselves')
  addFilterOptions(command)
  const options = [
    new Option('--json', 'print the whole answer as JSON').helpGroup('Output:'),
    new Option('--csv', 'print one line per model as CSV').helpGroup('Output:'),
    new Option('--ids', 'print one id per line').helpGroup('Output:'),
    new Option('--demo', 'ask simulated providers on this machine; no key needed').helpGroup('Try it:'),
    new Option('--server [url]', 'ask a Rollcall server, with the keys stored there').helpGroup(SERVER),
    new Option('--refresh', 'have the server ask every provider now').helpGroup(SERVER),
    new Option('--favourite', 'only your favourites there').helpGroup(SERVER),
    new Option('--hidden', 'only what you have hidden there, which is left out otherwise').helpGroup(SERVER),
  ]
  for (const option of options) command.addOption(option)
  command.addHelpText('after', `\n${MODELS_HELP}`).action(async (chosen) => {
    if (chosen.server === undefined) {
      const { modelsCommand } = await import('./commands/models.ts')
      setExitCode(await modelsCommand(chosen))
    } else {
      const { serverModelsCommand } = await import('./commands/server-models.ts')
      setExitCode(await serverModelsCommand(chosen))
    }
  })
}

const SERVER = 'Ask a server:'

const MODELS_HELP = `${heading('Keys')} (from the environment; the first that is set wins, empty counts as unset):
  OPENAI_API_KEY  ANTHROPIC_API_KEY  GEMINI_API_KEY or GOOGLE_API_KEY  MISTRAL_API_KEY
  GROQ_API_KEY  TOGETHER_API_KEY  COHERE_API_KEY or CO_API_KEY  FIREWORKS_API_KEY
  OPENROUTER_API_KEY

${heading('Other variables:')}
  ROLLCALL_<PROVIDER>_BASE_URL   another address for a provider, such as a proxy of yours
  ROLLCALL_PROVIDER_TIMEOUT_MS   the most one provider may take, in milliseconds (10000)
  ROLLCALL_CATALOGUE_URL         another catalogue for what providers do not say (https://models.dev/api.json);
                                 empty: none is asked. Its copy of the day is kept in ~/.cache/rollcall.
  HTTPS_PROXY  NO_PROXY  NODE_EXTRA_CA_CERTS  NO_COLOR

${heading('With --server')} none of these keys is read: the server uses the ones stored there.
  ROLLCALL_SERVER   the server, where --server names none (http://127.0.0.1:3000)
  ROLLCALL_TOKEN    a personal access token, in place of the one that "rollcall login" keeps

${heading('Exit codes:')}
  0 at least one provider answered, or no key is set    1 all that were asked failed, or the server did
  2 wrong usage                                         130 interrupted`
