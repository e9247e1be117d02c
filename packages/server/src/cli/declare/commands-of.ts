import type { Lang } from '@sente/engine'
import type { Command } from 'commander'

/** What the declarations of commands share. */
export interface Commands {
  program: Command
  lang: Lang
  /** A text in the language of the program. */
  t: (en: string, zh: string) => string
  /** Hears the exit code. */
  done: (code: number) => void
  /** Options that every command has; those of commands that work with a server as well; those whose output is laid out. */
  common: (command: Command) => Command
  remote: (command: Command) => Command
  laidOut: (command: Command) => Command
}
