import type { Command } from 'commander'
import { EXIT, print } from '../context.ts'

/** Completion scripts made from the commands themselves, so that they cannot grow stale. */
export async function completionCommand(shell: string, program: Command): Promise<number> {
  const commands = program.commands.filter((command) => command.name() !== 'help')
  const optionsOf = (command: Command): string[] => [
    ...command.options.map((option) => option.long).filter((long): long is string => Boolean(long)),
    '--help',
  ]
  const words = commands.map((command) => ({
    name: command.name(),
    says: command.description().split('\n')[0]!.replaceAll("'", ''),
    subs: command.commands.map((sub) => sub.name()),
    options: optionsOf(command),
  }))
  const names = words.map(({ name }) => name).join(' ')
  if (shell === 'fish') {
    const lines = words.flatMap(({ name, says, options, subs }) => [
      `complete -c sente -n __fish_use_subcommand -a ${name} -d '${says}'`,
      ...options.map((option) => `complete -c sente -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
      ...subs.map((sub) => `complete -c sente -n '__fish_seen_subcommand_from ${name}' -a ${sub}`),
    ])
    await print(lines.join('\n'))
    return EXIT.fine
  }
  const cases = words
    .map(({ name, options, subs }) => `    ${name}) words="${[...options, ...subs].join(' ')}" ;;`)
    .join('\n')
  const bash = `_sente() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="\${COMP_WORDS[1]}" words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${names} --help --version" -- "$current"))
    return
  fi
  case "$command" in
${cases}
  esac
  case "$current" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _sente sente`
  await print(shell === 'bash' ? bash : `autoload -U +X bashcompinit && bashcompinit\n${bash}`)
  return EXIT.fine
}
