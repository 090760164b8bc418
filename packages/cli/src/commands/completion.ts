import { PROVIDERS } from '@rollcall/core'
import type { Command, Option } from 'commander'
import { visible } from '../print/visible.ts'
import { KINDS, SORT_KEYS } from '../select-models.ts'
import { UsageError } from '../usage-error.ts'

const SHELLS = { bash, zsh, fish }

/** Values that complete an option, by its long name. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--provider': PROVIDERS.map(({ key }) => key),
  '--kind': KINDS,
  '--sort': SORT_KEYS,
}

/** Prints the script for one shell, drawn from the commands themselves so that it never lags behind them. */
export function completionCommand(program: Command, shell: string): void {
  const script = Object.hasOwn(SHELLS, shell) ? SHELLS[shell as keyof typeof SHELLS] : undefined
  if (!script)
    throw new UsageError(`There is no completion for "${visible(shell)}". Shells are: bash, zsh, fish.`)
  process.stdout.write(script(program.commands))
}

function optionsOf(command: Command): readonly Option[] {
  return command.createHelp().visibleOptions(command)
}

function valuesOf(option: Option): readonly string[] {
  return VALUES[option.long ?? ''] ?? []
}

function flagsOf(option: Option): string[] {
  return [option.short, option.long].filter((flag) => flag !== undefined && flag !== null)
}

function argumentsOf(command: Command): readonly string[] {
  return command.name() === 'completion' ? Object.keys(SHELLS) : []
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const options = optionsOf(command)
    // an option that takes a value of which nothing is known completes to nothing
    const values = options
      .filter((option) => option.required)
      .map((option) => `      ${flagsOf(option).join('|')}) words="${valuesOf(option).join(' ')}" ;;`)
    const own = [...options.flatMap(flagsOf), ...argumentsOf(command)]
    return `  ${command.name()})
    case "$previous" in
${[...values, `      *) words="${own.join(' ')}" ;;`].join('\n')}
    esac ;;`
  })
  return `# rollcall completion for bash
_rollcall() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words before=
  # --option=value comes as three words, a list of values as one
  if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$current" in *,*) before="\${current%,*},"; current="\${current##*,}" ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${commands.map((command) => command.name()).join(' ')} --help --version"
  else case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac; fi
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "$current"))
}
complete -F _rollcall rollcall
`
}

function zsh(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&')}'`
  const described = commands.map((command) => quoted(command.name()).replace(/'$/, `:${command.summary()}'`))
  const cases = commands.map((command) => {
    const specs = optionsOf(command).flatMap((option) =>
      flagsOf(option).map((flag) => {
        const action = option.required ? `:value:(${valuesOf(option).join(' ')})` : ''
        return `'${flag}[${option.description.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&')}]${action}'`
      }),
    )
    const words = argumentsOf(command)
    return `    ${command.name()}) _arguments ${[...specs, ...(words.length > 0 ? [`'1:value:(${words.join(' ')})'`] : [])].join(' ')} ;;`
  })
  return `#compdef rollcall
# rollcall completion for zsh
_rollcall() {
  if (( CURRENT == 2 )); then
    local -a commands=(${described.join(' ')})
    _describe command commands
    return
  fi
  shift words; (( CURRENT-- ))
  case "$words[1]" in
${cases.join('\n')}
  esac
}
# loaded by itself as a file of that name, or sourced
if [ "$funcstack[1]" = _rollcall ]; then _rollcall "$@"; else compdef _rollcall rollcall; fi
`
}

function fish(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const lines = commands.flatMap((command) => {
    const inside = `complete -c rollcall -n '__fish_seen_subcommand_from ${command.name()}'`
    return [
      `complete -c rollcall -n __fish_use_subcommand -a ${command.name()} -d ${quoted(command.summary())}`,
      ...argumentsOf(command).map((word) => `${inside} -a ${word}`),
      ...optionsOf(command).map((option) => {
        const short = option.short ? ` -s ${option.short.slice(1)}` : ''
        const values = option.required ? ` -x -a ${quoted(valuesOf(option).join(' '))}` : ''
        return `${inside}${short} -l ${(option.long ?? '').slice(2)}${values} -d ${quoted(option.description)}`
      }),
    ]
  })
  return ['# rollcall completion for fish', 'complete -c rollcall -f', ...lines, ''].join('\n')
}
