import type { Lang } from '@sente/engine'
import { inspect } from 'node:util'
import { CommanderError } from 'commander'
import { FileProblem } from '../exchange/files/deal-file.ts'
import { Refusal } from '../store/refusal.ts'
import { EXIT, languageOf, Stop, tell } from './context.ts'
import { build } from './program.ts'

/**
 * The command line. Every command is loaded when it is called, so that `sente brief` does not pay for the others.
 * Returns the exit code: 0 fine, 1 findings of severity danger with --strict, 2 bad input, 3 a fault of ours.
 */
export async function main(args: string[]): Promise<number> {
  let code: number = EXIT.fine
  const program = build((result) => {
    code = result
  }, langIn(args))
  // A reader that has gone away is no fault of ours: whoever writes sees it by `printed`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  try {
    await program.parseAsync(inOrder(args), { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.badInput
    if (error instanceof Stop) {
      tell(error.says[langIn(args)])
      return error.code
    }
    if (error instanceof FileProblem) {
      tell(error.says[langIn(args)])
      return EXIT.badInput
    }
    // The store refuses what contradicts what is there: that is for the user to mend.
    if (error instanceof Refusal && error.says) {
      tell(error.says[langIn(args)])
      return EXIT.badInput
    }
    tell(
      langIn(args) === 'zh'
        ? 'sente：程序本身出错，请连同所输入的命令一起报告。'
        : 'sente: a fault of the program itself, please report it with the command you typed.',
    )
    tell(inspect(error))
    return EXIT.internal
  }
}

/** Language and server may also be named before the command: `sente --server URL brief DEAL`. */
const BEFORE = /^--(?:lang|server)(=|$)|^--local$/
function inOrder(args: readonly string[]): string[] {
  let at = 0
  while (at < args.length && BEFORE.test(args[at]!)) at += args[at] === '--lang' || args[at] === '--server' ? 2 : 1
  const [before, rest] = [args.slice(0, at), args.slice(at)]
  // Without a command there is nothing they could belong to: what is shown is help.
  if (rest.length === 0 || rest[0]!.startsWith('-')) return [...rest]
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length
  return [...rest.slice(0, end), ...before, ...rest.slice(end)]
}

/** The language that was asked for, wherever it stands; a wrong one is refused by the command. */
function langIn(args: readonly string[]): Lang {
  const at = args.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const named = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]!.slice('--lang='.length)
  return languageOf(named === 'zh' || named === 'en' ? named : undefined)
}
