import { PROVIDERS } from '@rollcall/core'
import { Modality, RunStatus } from '@rollcall/core/schema'
import { KINDS } from '@rollcall/core/select-models'
import { visible } from '@rollcall/core/visible-text'
import type { Command, Option } from 'commander'
import { SORTS } from '../models-options.ts'
import { USAGE_GROUPS } from '../usage-command.ts'
import { UsageError } from '../usage-error.ts'

const SHELLS = { bash, zsh, fish }

/** What the catalogue tells; providers have others of their own. */
const CAPABILITIES = ['tools', 'vision', 'reasoning', 'structured_output', 'open_weights']

/** Values that complete an option, by its long name. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  '--provider': PROVIDERS.map(({ key }) => key),
  '--kind': KINDS,
  '--sort': SORTS,
  '--status': RunStatus.options,
  '--capability': CAPABILITIES,
  '--modality': Modality.options,
  '--output-modality': Modality.options,
  '--by': USAGE_GROUPS,
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

/** What may stand in a command's argument, by its name. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  shell: Object.keys(SHELLS),
  provider: VALUES['--provider'] ?? [],
}

function argumentsOf(command: Command): readonly string[] {
  return command.registeredArguments.flatMap((argument) => ARGUMENTS[argument.name()] ?? [])
}

function takesFile(command: Command): boolean {
  return command.registeredArguments.some((argument) => argument.name() === 'file')
}

const namesOf = (commands: readonly Command[]) => commands.map((command) => command.name()).join(' ')

function bash(commands: readonly Command[]): string {
  const caseOf = (command: Command, depth: number): string => {
    const inner = command.commands
    if (inner.length > 0) {
      return `  ${command.name()}) if [ "$COMP_CWORD" -eq ${depth + 1} ]; then words="${namesOf(inner)} --help"
  else case "\${COMP_WORDS[${depth + 1}]}" in
${inner.map((one) => caseOf(one, depth + 1)).join('\n')}
  esac; fi ;;`
    }
    const options = optionsOf(command)
    // an option that takes a value of which nothing is known completes to nothing
    const values = options
      .filter((option) => option.required)
      .map((option) => `      ${flagsOf(option).join('|')}) words="${valuesOf(option).join(' ')}" ;;`)
    const own = `words="${[...options.flatMap(flagsOf), ...argumentsOf(command)].join(' ')}"`
    // there is no completion under way when a test calls it
    const files = takesFile(command) ? '; compopt -o default 2> /dev/null' : ''
    return `  ${command.name()})
    case "$previous" in
${[...values, `      *) ${own}${files} ;;`].join('\n')}
    esac ;;`
  }
  return `# rollcall completion for bash
_rollcall() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words before=
  # --option=value comes as three words, a list of values as one
  if [ "$current" = = ]; then current=; elif [ "$previous" = = ]; then previous="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$current" in *,*) before="\${current%,*},"; current="\${current##*,}" ;; esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="${namesOf(commands)} --help --version"
  else case "\${COMP_WORDS[1]}" in
${commands.map((command) => caseOf(command, 1)).join('\n')}
  esac; fi
  COMPREPLY=($(compgen -P "$before" -W "$words" -- "$current"))
}
complete -F _rollcall rollcall
`
}

function zsh(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const plain = (text: string) => text.replace(/[[\]:]/g, '\\$&')
  const choice = (some: readonly Command[]) => {
    const described = some.map((one) => quoted(`${plain(one.name())}:${plain(one.summary())}`))
    return `  if (( CURRENT == 2 )); then
    local -a commands=(${described.join(' ')})
    _describe command commands
    return
  fi
  shift words; (( CURRENT-- ))
  case "$words[1]" in
${some.map(caseOf).join('\n')}
  esac`
  }
  const caseOf = (command: Command): string => {
    if (command.commands.length > 0) return `    ${command.name()})\n${choice(command.commands)} ;;`
    const specs = optionsOf(command).flatMap((option) =>
      flagsOf(option).map((flag) => {
        const action = option.required ? `:value:(${valuesOf(option).join(' ')})` : ''
        return quoted(`${flag}[${plain(option.description)}]${action}`)
      }),
    )
    const words = argumentsOf(command)
    if (words.length > 0) specs.push(`'1:value:(${words.join(' ')})'`)
    if (takesFile(command)) specs.push("'1:file:_files'")
    return `    ${command.name()}) _arguments ${specs.join(' ')} ;;`
  }
  return `#compdef rollcall
# rollcall completion for zsh
_rollcall() {
${choice(commands)}
}
# loaded by itself as a file of that name, or sourced
if [ "$funcstack[1]" = _rollcall ]; then _rollcall "$@"; else compdef _rollcall rollcall; fi
`
}

function fish(commands: readonly Command[]): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const linesOf = (command: Command, isOffered: string, isSeenBefore: string): string[] => {
    const isSeen = `${isSeenBefore}__fish_seen_subcommand_from ${command.name()}`
    const inside = `complete -c rollcall -n '${isSeen}'`
    const inner = command.commands
    const isInnerOffered = `${isSeen}; and not __fish_seen_subcommand_from ${namesOf(inner)}`
    return [
      `complete -c rollcall -n '${isOffered}' -a ${command.name()} -d ${quoted(command.summary())}`,
      ...inner.flatMap((one) => linesOf(one, isInnerOffered, `${isSeen}; and `)),
      ...argumentsOf(command).map((word) => `${inside} -a ${word}`),
      ...(takesFile(command) ? [`${inside} -F`] : []),
      ...(inner.length > 0 ? [] : optionsOf(command)).map((option) => {
        const short = option.short ? ` -s ${option.short.slice(1)}` : ''
        const values = option.required ? ` -x -a ${quoted(valuesOf(option).join(' '))}` : ''
        return `${inside}${short} -l ${(option.long ?? '').slice(2)}${values} -d ${quoted(option.description)}`
      }),
    ]
  }
  return [
    '# rollcall completion for fish',
    'complete -c rollcall -f',
    ...commands.flatMap((command) => linesOf(command, '__fish_use_subcommand', '')),
    '',
  ].join('\n')
}
