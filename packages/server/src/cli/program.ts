import { readFileSync } from 'node:fs'
import { Argument, Command, Option } from 'commander'
import { withIntakeOptions } from './intake-options.ts'
import { speak } from './speak.ts'
import type { Lang } from './words.ts'

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

  remote(
    laidOut(
      program
        .command('brief')
        .description(
          t(
            'the brief of a deal: where the customer is, whether we are ahead, what is in danger, what to do',
            '商机简报：客户走到哪一步，我们是否先手，哪里有危险，该做什么',
          ),
        ),
    ),
  )
    .argument(
      '<file>',
      t(
        'deal file (YAML or JSON), or - for standard input; with a server, the id or name of a deal',
        '商机文件（YAML 或 JSON），- 表示标准输入；连接服务器时为商机的 id 或名称',
      ),
    )
    .option(
      '--as-of <date>',
      t('the day to look from, like 2025-04-02; default today', '从哪一天看，如 2025-04-02；默认今天'),
    )
    .option('--json', t('the whole brief as JSON', '以 JSON 输出整份简报'))
    .option('--all', t('everything, not only the top of long lists', '全部列出，不只列前几项'))
    .option('--strict', t('exit with 1 when a finding is of severity danger', '有“危险”级提醒时以 1 退出'))
    .option('--svg <file>', t('also write the picture', '同时写出图'))
    .option(
      '--html <file>',
      t('also write one self-contained page to mail or print', '同时写出一个独立网页，可邮寄或打印'),
    )
    .addOption(
      new Option('--theme <theme>', t('theme of the picture', '图的主题')).choices(['light', 'dark']).default('light'),
    )
    .option('--watch', t('print again whenever the file is saved', '文件每次保存后重新输出'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/brief.ts')).briefCommand(file, options)),
    )

  laidOut(
    program
      .command('plan')
      .description(
        t(
          'the executive plan of a deal: whom to see, when, with what, and who of ours goes',
          '商机的高层计划：见谁、何时见、带什么、我方谁去',
        ),
      ),
  )
    .argument(
      '<file>',
      t('deal file (YAML or JSON), or - for standard input', '商机文件（YAML 或 JSON），- 表示标准输入'),
    )
    .option(
      '--as-of <date>',
      t('the day to plan from, like 2025-04-02; default today', '从哪一天起计划，如 2025-04-02；默认今天'),
    )
    .addOption(
      new Option('--style <style>', t('default: what the deal says, else steady', '默认按商机所写，否则为稳')).choices([
        'steady',
        'swift',
      ]),
    )
    .option('--json', t('as JSON', '以 JSON 输出'))
    .option('--all', t('every step, not only the first seven', '列出每一步，不只前七步'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/plan.ts')).planCommand(file, options)),
    )

  withIntakeOptions(
    laidOut(
      program
        .command('check')
        .description(
          t(
            'every fault of deal files, with line and column; of lists (CSV, XLSX) what would be taken, doubted and left out',
            '商机文件的每处错误，注明行列；对列表（CSV、XLSX）说明会导入什么、存疑什么、不导入什么',
          ),
        ),
    ),
    t,
  )
    .argument('<files...>', t('deal files or lists', '商机文件或列表'))
    .option('--map <file>', t('columns: YAML or JSON of our field: their column', '列对应：YAML 或 JSON，“字段: 列名”'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (files: string[], options) =>
      done(await (await import('./commands/check.ts')).checkCommand(files, options)),
    )

  laidOut(
    program
      .command('replay')
      .description(
        t(
          'phase, lead and findings over time: what could have been known when',
          '阶段、先手天数和提醒随时间的变化：什么时候本可以知道什么',
        ),
      ),
  )
    .argument('<file>', t('deal file', '商机文件'))
    .option('--as-of <date>', t('the last day; default today or the day it closed', '最后一天；默认今天或结束那天'))
    .option('--every <days>', t('days between two looks', '两次查看之间的天数'), '7')
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/replay.ts')).replayCommand(file, options)),
    )

  withIntakeOptions(
    remote(
      laidOut(
        program
          .command('portfolio')
          .description(
            t(
              'all deals ranked by danger: deal files, folders, or lists of a CRM (CSV, XLSX)',
              '全部商机按危险程度排序：商机文件、文件夹或 CRM 导出的列表（CSV、XLSX）',
            ),
          ),
      ),
    ),
    t,
  )
    .argument(
      '[paths...]',
      t(
        'deal files, folders, or CSV files (opportunities and activities); none: the deals of a server',
        '商机文件、文件夹或 CSV（商机和活动）；不写则取服务器上的商机',
      ),
    )
    .option('--as-of <date>', t('the day to look from; default today', '从哪一天看；默认今天'))
    .option(
      '--map <file>',
      t('columns of the CSV: YAML or JSON of our field: their column', 'CSV 的列对应：YAML 或 JSON，“字段: 列名”'),
    )
    .option('--limit <n>', t('show only the first n', '只列前 n 个'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .option(
      '--strict',
      t('exit with 1 when a deal has a finding of severity danger', '有商机带“危险”级提醒时以 1 退出'),
    )
    .action(async (paths: string[], options) =>
      done(await (await import('./commands/portfolio.ts')).portfolioCommand(paths, options)),
    )

  remote(
    laidOut(
      program
        .command('read')
        .description(
          t(
            'notes in, evidence out: what sellers wrote, as suggestions with the words they rest on',
            '读笔记，得依据：从销售写的内容里找出建议，并标明依据的原话',
          ),
        ),
    ),
  )
    .argument(
      '<notes>',
      t(
        'text, Markdown, mail, chat export or CSV of activities, or - for standard input',
        '文本、Markdown、邮件、聊天记录或活动 CSV，- 表示标准输入',
      ),
    )
    .option(
      '--into <deal>',
      t(
        'write what is new into this deal file, or this deal of a server, as suggestions',
        '把新内容作为建议写进这个商机文件，或服务器上的这个商机',
      ),
    )
    .option('--on <date>', t('the day of notes that carry none', '没有日期的笔记算哪一天'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/read.ts')).readCommand(file, options)),
    )

  laidOut(
    program
      .command('explain')
      .description(
        t(
          'what a signal, rule, play, phase, topic or fact means and where it comes from',
          '某个信号、规则、打法、阶段、议题或事实是什么意思，出自哪里',
        ),
      ),
  )
    .argument('[id]', t('its id; without one, all ids', '它的 id；不写则列出全部 id'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (id: string | undefined, options) =>
      done(await (await import('./commands/explain.ts')).explainCommand(id, options)),
    )

  laidOut(
    program
      .command('position')
      .description(
        t(
          'computes cases of the position, to check the mathematics with a program of your own',
          '计算位置算例，便于用自己的程序核对数学',
        ),
      ),
  )
    .argument('<file>', t('JSON file of parameters and cases, or -', '参数与算例的 JSON 文件，或 -'))
    .option('--json', t('the file with a result in each case', '以 JSON 输出，每个算例附 result'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/position.ts')).positionCommand(file, options)),
    )

  common(
    program
      .command('schema')
      .description(t('JSON Schema of the deal file, for editors', '商机文件的 JSON Schema，供编辑器使用')),
  )
    .option('--brief', t('of the brief instead', '改为简报的 JSON Schema'))
    .action(async (options) => done(await (await import('./commands/schema.ts')).schemaCommand(options)))

  common(
    program
      .command('new')
      .description(t('asks five questions and writes a first deal file', '问五个问题，写出第一个商机文件')),
  )
    .argument('[file]', t('where to write it; default from the name of the deal', '写到哪里；默认按商机名称'))
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/new.ts')).newCommand(file, options)),
    )

  const method = program.command('method').description(t('the method as data', '作为数据的方法')).exitOverride()
  method
    .command('check')
    .description(t('every fault of a methodology folder, with file and path', '方法文件夹的每处错误，注明文件和位置'))
    .exitOverride()
    .argument('<dir>', t('the folder', '文件夹'))
    .addOption(new Option('--lang <lang>', t('language', '语言')).choices(['en', 'zh']))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (folder: string, options) =>
      done(await (await import('./commands/method.ts')).methodCheckCommand(folder, options)),
    )

  common(
    program
      .command('serve')
      .description(
        t(
          'the server: database, API, web application and jobs, until it is stopped',
          '服务器：数据库、API、网页应用和后台任务，运行到停止为止',
        ),
      ),
  )
    .option(
      '--port <port>',
      t(
        'where it listens; default SENTE_PORT, else the first free one from 8080 on',
        '监听端口；默认 SENTE_PORT，否则从 8080 起第一个空闲端口',
      ),
    )
    .option(
      '--host <address>',
      t(
        'on which address; default SENTE_HOST, else 127.0.0.1 (this machine only)',
        '监听地址；默认 SENTE_HOST，否则 127.0.0.1（仅本机）',
      ),
    )
    .option(
      '--no-jobs',
      t('answer requests only; another process works on the jobs', '只应答请求；后台任务由另一个进程处理'),
    )
    .option('--worker-only', t('work on jobs only', '只处理后台任务'))
    .option('--sample', t('fill an empty database with the sample team', '在空数据库里放入示例团队'))
    .addOption(
      new Option('--log <level>', t('how much is logged', '日志详细程度'))
        .choices(['debug', 'info', 'warn', 'error', 'silent'])
        .env('SENTE_LOG'),
    )
    .option('--json', t('the address as JSON, when it runs', '启动后以 JSON 输出地址'))
    .action(async (options) => done(await (await import('./commands/serve.ts')).serveCommand(options)))

  common(program.command('migrate').description(t('bring the database up to date', '把数据库升级到当前版本')))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (options) => done(await (await import('./commands/migrate.ts')).migrateCommand(options)))

  common(
    program
      .command('doctor')
      .description(t('what is wrong with this installation, and how to mend it', '这个安装有什么问题，怎样解决')),
  )
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (options) => done(await (await import('./commands/doctor.ts')).doctorCommand(options)))

  common(
    program
      .command('backup')
      .description(
        t('write everything into one archive, while the server works', '把全部数据写进一个备份文件，服务器可照常工作'),
      ),
  )
    .argument('<file>', t('the archive to write; - for standard output', '要写的备份文件；- 表示标准输出'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/backup.ts')).backupCommand(file, options)),
    )

  common(
    program.command('restore').description(t('put a backup in the place of an empty database', '把备份恢复到空数据库')),
  )
    .argument('<file>', t('an archive of sente backup', 'sente backup 写出的备份文件'))
    .option(
      '--replace',
      t('also where the database is not empty: what is there goes away', '数据库不为空时也恢复：原有数据会被清除'),
    )
    .option('--check', t('only check the archive', '只检查备份文件'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (file: string, options) =>
      done(await (await import('./commands/restore.ts')).restoreCommand(file, options)),
    )

  withIntakeOptions(
    remote(
      common(
        program
          .command('import')
          .description(
            t(
              'accounts, people, deals, activities, deal files or a whole workspace, from NDJSON, CSV, XLSX or YAML',
              '导入客户、人员、商机、活动、商机文件或整个工作区，来自 NDJSON、CSV、XLSX 或 YAML',
            ),
          ),
      ),
    ),
    t,
  )
    .argument(
      '<files...>',
      t(
        'files; several are taken in the order in which they refer to each other',
        '文件；多个文件按相互引用的先后导入',
      ),
    )
    .addOption(
      new Option(
        '--kind <kind>',
        t('what the files hold; default: what their columns say', '文件内容的类型；默认按列名判断'),
      ).choices(['accounts', 'people', 'deals', 'activities', 'deal-files', 'workspace']),
    )
    .option('--map <file>', t('columns: YAML or JSON of our field: their column', '列对应：YAML 或 JSON，“字段: 列名”'))
    .option('--dry-run', t('check everything, write nothing', '只检查，不写入'))
    .addOption(
      new Option(
        '--faulty <what>',
        t('what a faulty row takes with it', '一行有错时连带放弃什么：整批（batch）或仅该行（row）'),
      )
        .choices(['batch', 'row'])
        .default('batch'),
    )
    .option(
      '--resume <run>',
      t(
        'go on with an interrupted import: its id, or last for the newest of this file',
        '继续中断的导入：写它的 id，或 last（这个文件最近的一次）',
      ),
    )
    .option('--workspace <name>', t('of the local database, where it has several', '本地数据库的工作区，有多个时指定'))
    .option('--user <address>', t('in whose name; default: an administrator', '以谁的名义；默认管理员'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (files: string[], options) =>
      done(await (await import('./commands/import.ts')).importCommand(files, options)),
    )

  remote(
    common(
      program
        .command('export')
        .description(
          t(
            'the whole workspace as NDJSON, or one deal as a deal file',
            '导出整个工作区（NDJSON），或把一个商机导出为商机文件',
          ),
        ),
    ),
  )
    .argument('[file]', t('file or folder to write into; default standard output', '写入的文件或文件夹；默认标准输出'))
    .option('--deal <deal>', t('only this deal: its id or name', '只导出这个商机：id 或名称'))
    .addOption(
      new Option('--format <format>', t('of a deal file', '商机文件的格式')).choices(['yaml', 'json']).default('yaml'),
    )
    .option(
      '--private',
      t(
        'with stance, personal agenda and private notes, where you may see them',
        '包含个人敏感信息（立场、诉求、私密笔记），限你有权查看的部分',
      ),
    )
    .option('--workspace <name>', t('of the local database, where it has several', '本地数据库的工作区，有多个时指定'))
    .option('--json', t('what was written as JSON', '以 JSON 输出写了什么'))
    .action(async (file: string | undefined, options) =>
      done(await (await import('./commands/export.ts')).exportCommand(file, options)),
    )

  common(
    program
      .command('login')
      .description(
        t('keep a token for a server, so that other commands work with it', '保存服务器令牌，供其他命令使用'),
      ),
  )
    .argument('<url>', t('address of the server', '服务器地址'))
    .option('--token <token>', t('an API token; without one you sign in by password', 'API 令牌；不写则用密码登录'))
    .option('--email <address>', t('your address', '你的邮箱'))
    .action(async (url: string, options) =>
      done(await (await import('./commands/login.ts')).loginCommand(url, options)),
    )

  const user = program
    .command('user')
    .description(
      t(
        'members of the local database: who they are, invitations, new passwords',
        '本地数据库的成员：名单、邀请、重设密码',
      ),
    )
    .exitOverride()
  const ofUser = (command: Command): Command =>
    common(command)
      .option('--workspace <name>', t('where there are several', '有多个工作区时指定'))
      .option('--json', t('as JSON', '以 JSON 输出'))
  ofUser(
    user
      .command('add')
      .description(t('add a member; prints the link by which they set a password', '添加成员；输出其设置密码的链接')),
  )
    .argument('<email>')
    .option('--name <name>', t('their name', '姓名'))
    .addOption(
      new Option('--role <role>', t('what they may do', '角色'))
        .choices(['administrator', 'manager', 'seller', 'viewer'])
        .default('seller'),
    )
    .option('--team <name...>', t('teams they belong to', '所属团队'))
    .action(async (email: string, options) =>
      done(await (await import('./commands/user.ts')).userAddCommand(email, options)),
    )
  ofUser(user.command('list').description(t('list the members', '列出成员'))).action(async (options) =>
    done(await (await import('./commands/user.ts')).userListCommand(options)),
  )
  ofUser(
    user
      .command('reset')
      .description(t('print a link by which a member sets a new password', '输出成员重设密码的链接')),
  )
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('./commands/user.ts')).userResetCommand(email, options)),
    )
  ofUser(user.command('disable').description(t('shut a member out at once', '立即停用一名成员')))
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('./commands/user.ts')).userDisableCommand(email, options)),
    )
  ofUser(user.command('enable').description(t('let a member in again who was shut out', '重新启用被停用的成员')))
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('./commands/user.ts')).userEnableCommand(email, options)),
    )

  const token = program
    .command('token')
    .description(
      t('API tokens, of the local database or of yours on a server', 'API 令牌：本地数据库的，或你在服务器上的'),
    )
    .exitOverride()
  const ofToken = (command: Command): Command =>
    remote(common(command))
      .option(
        '--workspace <name>',
        t('of the local database, where it has several', '本地数据库的工作区，有多个时指定'),
      )
      .option('--json', t('as JSON', '以 JSON 输出'))
  ofToken(token.command('create').description(t('create a token; it is printed once', '创建令牌；只显示一次')))
    .option('--user <address>', t('whose, in the local database', '本地数据库里谁的令牌'))
    .option('--name <name>', t('what it is for', '用途'))
    .option(
      '--scopes <scopes>',
      t('rights, separated by commas; default: all that the member has', '权限，用逗号分隔；默认该成员的全部权限'),
    )
    .option('--days <days>', t('how long it is valid', '有效天数'))
    .action(async (options) => done(await (await import('./commands/token.ts')).tokenCreateCommand(options)))
  ofToken(token.command('list').description(t('list the tokens', '列出令牌'))).action(async (options) =>
    done(await (await import('./commands/token.ts')).tokenListCommand(options)),
  )
  ofToken(token.command('revoke').description(t('revoke a token', '撤销令牌')))
    .argument('<id>')
    .action(async (id: string, options) =>
      done(await (await import('./commands/token.ts')).tokenRevokeCommand(id, options)),
    )

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
