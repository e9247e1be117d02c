import type { Lang } from '@sente/engine'
import { readFileSync } from 'node:fs'
import { Argument, Command, Option } from 'commander'
import { dealCommands } from './declare/deals.ts'
import { exchangeCommands } from './declare/exchange.ts'
import { memberCommands } from './declare/members.ts'
import { serverCommands } from './declare/servers.ts'
import { speak } from './speak.ts'

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** All commands, described in one language; `done` hears the exit code. */
export function build(done: (code: number) => void, lang: Lang): Command {
  const t = (en: string, zh: string): string => (lang === 'zh' ? zh : en)
  const program = new Command('sente')
  speak(program, lang)
  program
    .description(
      t(
        'Sente (先手): where the customer’s purchasing process is, what will matter next, and what to start today.',
        '先手（Sente）：客户的采购过程走到哪一步，接下来会关心什么，今天就该启动什么。',
      ),
    )
    .helpOption('-h, --help', t('show help', '显示帮助'))
    .helpCommand('help [command]', t('show help of a command', '显示某个命令的帮助'))
    .version(version, '-V, --version', t('show the version', '显示版本'))
    .addHelpText(
      'after',
      t(
        '\nCommands that work with files or the local database work with a server as well:\n  sente --server <url> <command> …   with SENTE_TOKEN, or once sente login <url>\n',
        '\n处理文件或本地数据库的命令，同样可以对服务器使用：\n  sente --server <url> <command> …   用 SENTE_TOKEN，或先 sente login <url>\n',
      ),
    )
    .showHelpAfterError('(sente --help)')
    .exitOverride()

  const common = (command: Command): Command =>
    command
      .exitOverride()
      .addOption(
        new Option(
          '--lang <lang>',
          t('language of the output; default from the locale', '输出语言；默认按系统区域设置'),
        ).choices(['en', 'zh']),
      )
      .option('--method <dir>', t('folder of a methodology of your own', '自己的方法文件夹'))
  const remote = (command: Command): Command =>
    command
      .option(
        '--server <url>',
        t(
          'a Sente server; default SENTE_SERVER or that of sente login, with SENTE_TOKEN or its token',
          'Sente 服务器；默认 SENTE_SERVER 或 sente login 登录的服务器，令牌用 SENTE_TOKEN 或登录时的',
        ),
      )
      .option('--local', t('no server, also where one is known', '即使登录过服务器，也不使用'))
  const laidOut = (command: Command): Command =>
    common(command).option(
      '--width <columns>',
      t('columns of the layout, 40 to 400; default: the terminal', '排版列数，40 到 400；默认按终端宽度'),
    )

  const commands = { program, lang, t, done, common, remote, laidOut }
  dealCommands(commands)
  serverCommands(commands)
  exchangeCommands(commands)
  memberCommands(commands)
  program
    .command('completion')
    .description(
      t('completion for a shell: eval "$(sente completion bash)"', 'shell 自动补全：eval "$(sente completion bash)"'),
    )
    .exitOverride()
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .action(async (shell: string) =>
      done(
        await (
          await import('./commands/completion.ts')
        ).completionCommand(
          shell,
          build(() => undefined, lang),
        ),
      ),
    )

  return program
}
