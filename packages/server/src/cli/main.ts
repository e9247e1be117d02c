import { Argument, Command, CommanderError, Option } from 'commander'
import { FileProblem } from '../exchange/deal-file.ts'
import { Refusal } from '../store/refusal.ts'
import { EXIT, languageOf, Stop } from './context.ts'
import type { Lang } from './words.ts'

/**
 * The command line. Every command is loaded when it is called, so that `sente brief` does not pay for the others.
 * Returns the exit code: 0 fine, 1 findings of severity danger with --strict, 2 bad input, 3 a fault of ours.
 */
export async function main(args: string[]): Promise<number> {
  let code: number = EXIT.fine
  const program = build((result) => {
    code = result
  })
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
      console.error(error.message)
      return error.code
    }
    if (error instanceof FileProblem) {
      console.error(error.says[langIn(args)])
      return EXIT.badInput
    }
    // The store refuses what contradicts what is there: that is for the user to mend.
    if (error instanceof Refusal && error.says) {
      console.error(error.says[langIn(args)])
      return EXIT.badInput
    }
    console.error(langIn(args) === 'zh' ? 'sente：程序本身出错，请连同所输入的命令一起报告。' : 'sente: a fault of the program itself, please report it with the command you typed.')
    console.error(error)
    return EXIT.internal
  }
}

/** Language and server may also be named before the command: `sente --server URL brief DEAL`. */
const BEFORE = /^--(?:lang|server)(=|$)|^--local$/
function inOrder(args: readonly string[]): string[] {
  let at = 0
  while (at < args.length && BEFORE.test(args[at]!)) at += args[at] === '--lang' || args[at] === '--server' ? 2 : 1
  const [before, rest] = [args.slice(0, at), args.slice(at)]
  // Without a command there is nothing they could belong to.
  if (rest.length === 0 || rest[0]!.startsWith('-')) return [...args]
  const end = rest.includes('--') ? rest.indexOf('--') : rest.length
  return [...rest.slice(0, end), ...before, ...rest.slice(end)]
}

/** The language that was asked for, wherever it stands; a wrong one has been refused by then. */
function langIn(args: readonly string[]): Lang {
  const at = args.findLastIndex((arg) => arg === '--lang' || arg.startsWith('--lang='))
  const named = at < 0 ? undefined : args[at] === '--lang' ? args[at + 1] : args[at]!.slice('--lang='.length)
  return languageOf(named === 'zh' || named === 'en' ? named : undefined)
}

export function build(done: (code: number) => void): Command {
  const program = new Command('sente')
  program
    .description('Sente (先手): where the customer’s purchasing process is, what will matter next, and what to start today.\n客户的采购流程走到哪一步，接下来会关心什么，今天就该启动什么。')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help of a command')
    .version('0.1.0', '-V, --version', 'show the version')
    .addHelpText('after', '\nCommands that work with files or the local database work with a server as well:\n  sente --server <url> <command> …   with SENTE_TOKEN, or once sente login <url>\n')
    .showHelpAfterError('(sente --help)')
    .exitOverride()

  const common = (command: Command): Command =>
    command
      .exitOverride()
      .addOption(new Option('--lang <lang>', 'language of the output; default from the locale').choices(['en', 'zh']))
      .option('--method <dir>', 'folder of a methodology of your own')
  const remote = (command: Command): Command => command.option('--server <url>', 'a Sente server; default SENTE_SERVER or that of sente login, with SENTE_TOKEN or its token').option('--local', 'no server, also where one is known')
  const laidOut = (command: Command): Command => common(command).option('--width <columns>', 'columns of the layout, 40 to 400; default: the terminal')

  remote(laidOut(program.command('brief').description('the brief of a deal: where the customer is, whether we are ahead, what is in danger, what to do')))
    .argument('<file>', 'deal file (YAML or JSON), or - for standard input; with a server, the id or name of a deal')
    .option('--as-of <date>', 'the day to look from, like 2025-04-02; default today')
    .option('--json', 'the whole brief as JSON')
    .option('--all', 'everything, not only the top of long lists')
    .option('--strict', 'exit with 1 when a finding is of severity danger')
    .option('--svg <file>', 'also write the picture')
    .option('--html <file>', 'also write one self-contained page to mail or print')
    .addOption(new Option('--theme <theme>', 'theme of the picture').choices(['light', 'dark']).default('light'))
    .option('--watch', 'print again whenever the file is saved')
    .action(async (file: string, options) => done(await (await import('./commands/brief.ts')).briefCommand(file, options)))

  common(program.command('check').description('every fault of deal files, with line and column'))
    .argument('<files...>', 'deal files')
    .option('--json', 'as JSON')
    .action(async (files: string[], options) => done(await (await import('./commands/check.ts')).checkCommand(files, options)))

  laidOut(program.command('replay').description('phase, lead and findings over time: what could have been known when'))
    .argument('<file>', 'deal file')
    .option('--as-of <date>', 'the last day; default today or the day it closed')
    .option('--every <days>', 'days between two looks', '7')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => done(await (await import('./commands/replay.ts')).replayCommand(file, options)))

  remote(laidOut(program.command('portfolio').description('all deals ranked by danger: deal files, folders, or CSV exports of a CRM')))
    .argument('[paths...]', 'deal files, folders, or CSV files (opportunities and activities); none: the deals of a server')
    .option('--as-of <date>', 'the day to look from; default today')
    .option('--map <file>', 'columns of the CSV: YAML or JSON of our field: their column')
    .option('--currency <code>', 'currency of amounts that name none, like CNY')
    .option('--limit <n>', 'show only the first n')
    .option('--json', 'as JSON')
    .option('--strict', 'exit with 1 when a deal has a finding of severity danger')
    .action(async (paths: string[], options) => done(await (await import('./commands/portfolio.ts')).portfolioCommand(paths, options)))

  remote(laidOut(program.command('read').description('notes in, evidence out: what sellers wrote, as suggestions with the words they rest on')))
    .argument('<notes>', 'text, Markdown, mail, chat export or CSV of activities, or - for standard input')
    .option('--into <deal>', 'write what is new into this deal file, or this deal of a server, as suggestions')
    .option('--on <date>', 'the day of notes that carry none')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => done(await (await import('./commands/read.ts')).readCommand(file, options)))

  laidOut(program.command('explain').description('what a signal, rule, play, phase, topic or fact means and where it comes from'))
    .argument('[id]', 'its id; without one, all ids')
    .option('--json', 'as JSON')
    .action(async (id: string | undefined, options) => done(await (await import('./commands/explain.ts')).explainCommand(id, options)))

  common(program.command('schema').description('JSON Schema of the deal file, for editors'))
    .option('--brief', 'of the brief instead')
    .action(async (options) => done(await (await import('./commands/schema.ts')).schemaCommand(options)))

  common(program.command('new').description('asks five questions and writes a first deal file'))
    .argument('[file]', 'where to write it; default from the name of the deal')
    .action(async (file: string | undefined, options) => done(await (await import('./commands/new.ts')).newCommand(file, options)))

  const method = program.command('method').description('the method as data').exitOverride()
  method
    .command('check')
    .description('every fault of a methodology folder, with file and path')
    .exitOverride()
    .argument('<dir>', 'the folder')
    .addOption(new Option('--lang <lang>', 'language').choices(['en', 'zh']))
    .option('--json', 'as JSON')
    .action(async (folder: string, options) => done(await (await import('./commands/method.ts')).methodCheckCommand(folder, options)))

  common(program.command('serve').description('the server: database, API, web application and jobs, until it is stopped'))
    .option('--port <port>', 'where it listens; default SENTE_PORT, else the first free one from 8080 on')
    .option('--host <address>', 'on which address; default SENTE_HOST, else 127.0.0.1 (this machine only)')
    .option('--no-jobs', 'answer requests only; another process works on the jobs')
    .option('--worker-only', 'work on jobs only')
    .option('--sample', 'fill an empty database with the sample team')
    .addOption(new Option('--log <level>', 'how much is logged').choices(['debug', 'info', 'warn', 'error', 'silent']))
    .option('--json', 'the address as JSON, when it runs')
    .action(async (options) => done(await (await import('./commands/serve.ts')).serveCommand(options)))

  common(program.command('migrate').description('bring the database up to date'))
    .option('--json', 'as JSON')
    .action(async (options) => done(await (await import('./commands/migrate.ts')).migrateCommand(options)))

  common(program.command('doctor').description('what is wrong with this installation, and how to mend it'))
    .option('--json', 'as JSON')
    .action(async (options) => done(await (await import('./commands/doctor.ts')).doctorCommand(options)))

  common(program.command('backup').description('write everything into one archive, while the server works'))
    .argument('<file>', 'the archive to write; - for standard output')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => done(await (await import('./commands/backup.ts')).backupCommand(file, options)))

  common(program.command('restore').description('put a backup in the place of an empty database'))
    .argument('<file>', 'an archive of sente backup')
    .option('--replace', 'also where the database is not empty: what is there goes away')
    .option('--check', 'only check the archive')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => done(await (await import('./commands/restore.ts')).restoreCommand(file, options)))

  remote(common(program.command('import').description('accounts, people, deals, activities, deal files or a whole workspace, from NDJSON, CSV, XLSX or YAML')))
    .argument('<files...>', 'files; several are taken in the order in which they refer to each other')
    .addOption(new Option('--kind <kind>', 'what the files hold; default: what their columns say').choices(['accounts', 'people', 'deals', 'activities', 'deal-files', 'workspace']))
    .option('--map <file>', 'columns: YAML or JSON of our field: their column')
    .option('--dry-run', 'check everything, write nothing')
    .addOption(new Option('--faulty <what>', 'what a faulty row takes with it').choices(['batch', 'row']).default('batch'))
    .option('--resume <run>', 'go on with an interrupted import: its id, or last for the newest of this file')
    .option('--currency <code>', 'currency of amounts that name none')
    .addOption(new Option('--date-order <order>', 'how days like 3/4/2025 are meant').choices(['ymd', 'dmy', 'mdy']))
    .option('--workspace <name>', 'of the local database, where it has several')
    .option('--user <address>', 'in whose name; default: an administrator')
    .option('--json', 'as JSON')
    .action(async (files: string[], options) => done(await (await import('./commands/import.ts')).importCommand(files, options)))

  remote(common(program.command('export').description('the whole workspace as NDJSON, or one deal as a deal file')))
    .argument('[file]', 'file or folder to write into; default standard output')
    .option('--deal <deal>', 'only this deal: its id or name')
    .addOption(new Option('--format <format>', 'of a deal file').choices(['yaml', 'json']).default('yaml'))
    .option('--private', 'with stance, personal agenda and private notes, where you may see them')
    .option('--workspace <name>', 'of the local database, where it has several')
    .option('--json', 'what was written as JSON')
    .action(async (file: string | undefined, options) => done(await (await import('./commands/export.ts')).exportCommand(file, options)))

  common(program.command('login').description('keep a token for a server, so that other commands work with it'))
    .argument('<url>', 'address of the server')
    .option('--token <token>', 'an API token; without one you sign in by password')
    .option('--email <address>', 'your address')
    .action(async (url: string, options) => done(await (await import('./commands/login.ts')).loginCommand(url, options)))

  const user = program.command('user').description('members of the local database: who they are, invitations, new passwords').exitOverride()
  const ofUser = (command: Command): Command => common(command).option('--workspace <name>', 'where there are several').option('--json', 'as JSON')
  ofUser(user.command('add').description('add a member; prints the link by which they set a password'))
    .argument('<email>')
    .option('--name <name>', 'their name')
    .addOption(new Option('--role <role>', 'what they may do').choices(['administrator', 'manager', 'seller', 'viewer']).default('seller'))
    .option('--team <name...>', 'teams they belong to')
    .action(async (email: string, options) => done(await (await import('./commands/user.ts')).userAddCommand(email, options)))
  ofUser(user.command('list').description('list the members'))
    .action(async (options) => done(await (await import('./commands/user.ts')).userListCommand(options)))
  ofUser(user.command('reset').description('print a link by which a member sets a new password'))
    .argument('<email>')
    .action(async (email: string, options) => done(await (await import('./commands/user.ts')).userResetCommand(email, options)))
  ofUser(user.command('disable').description('shut a member out at once'))
    .argument('<email>')
    .action(async (email: string, options) => done(await (await import('./commands/user.ts')).userDisableCommand(email, options)))
  ofUser(user.command('enable').description('let a member in again who was shut out'))
    .argument('<email>')
    .action(async (email: string, options) => done(await (await import('./commands/user.ts')).userEnableCommand(email, options)))

  const token = program.command('token').description('API tokens, of the local database or of yours on a server').exitOverride()
  const ofToken = (command: Command): Command => remote(common(command)).option('--workspace <name>', 'of the local database, where it has several').option('--json', 'as JSON')
  ofToken(token.command('create').description('create a token; it is printed once'))
    .option('--user <address>', 'whose, in the local database')
    .option('--name <name>', 'what it is for')
    .option('--scopes <scopes>', 'rights, separated by commas; default: all that the member has')
    .option('--days <days>', 'how long it is valid')
    .action(async (options) => done(await (await import('./commands/token.ts')).tokenCreateCommand(options)))
  ofToken(token.command('list').description('list the tokens'))
    .action(async (options) => done(await (await import('./commands/token.ts')).tokenListCommand(options)))
  ofToken(token.command('revoke').description('revoke a token'))
    .argument('<id>')
    .action(async (id: string, options) => done(await (await import('./commands/token.ts')).tokenRevokeCommand(id, options)))

  program
    .command('completion')
    .description('completion for a shell: eval "$(sente completion bash)"')
    .exitOverride()
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: string) => done(await (await import('./commands/completion.ts')).completionCommand(shell, build(() => undefined))))

  return program
}
