import { Option } from 'commander'
import type { Commands } from './commands-of.ts'

/** Commands of whoever runs a server. */
export function serverCommands({ program, t, done, common, remote }: Commands): void {
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
    .option(
      '--no-restart',
      t(
        'do not start it again when its process is killed: systemd or a container does that',
        '进程被杀时不自动重启：由 systemd 或容器负责',
      ),
    )
    .option('--json', t('the address as JSON, when it runs', '启动后以 JSON 输出地址'))
    .action(async (options) => done(await (await import('../commands/serve.ts')).serveCommand(options)))

  common(program.command('migrate').description(t('bring the database up to date', '把数据库升级到当前版本')))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (options) => done(await (await import('../commands/migrate.ts')).migrateCommand(options)))

  common(
    program
      .command('doctor')
      .description(t('what is wrong with this installation, and how to mend it', '这个安装有什么问题，怎样解决')),
  )
    .option('--json', t('as JSON', '以 JSON 输出'))
    .action(async (options) => done(await (await import('../commands/doctor.ts')).doctorCommand(options)))

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
      done(await (await import('../commands/backup.ts')).backupCommand(file, options)),
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
      done(await (await import('../commands/restore.ts')).restoreCommand(file, options)),
    )

  remote(
    common(
      program
        .command('mcp')
        .description(
          t(
            'a door for assistants (Model Context Protocol) on standard input and output: on deal files, or a server',
            '助手的入口（MCP 协议，标准输入输出）：基于商机文件，或连接服务器',
          ),
        ),
    ),
  )
    .argument('[folder]', t('folder of deal files, or one of them', '商机文件所在的文件夹，或其中一个文件'))
    .option(
      '--as-of <date>',
      t(
        'with a folder: the day to look from, like 2025-04-02; default today',
        '用于文件夹：从哪一天看，如 2025-04-02；默认今天',
      ),
    )
    .action(async (folder: string | undefined, options) =>
      done(await (await import('../commands/mcp.ts')).mcpCommand(folder, options)),
    )

  common(
    program
      .command('open')
      .description(
        t(
          'shows deal files in the browser, the whole page, without account or database; changes are written into the files',
          '在浏览器里打开商机文件的完整页面，无需账号和数据库；改动写回文件',
        ),
      ),
  )
    .argument('<file...>', t('deal files, or folders of them', '商机文件，或其文件夹'))
    .option(
      '--port <port>',
      t('where it listens on this machine; default: any that is free', '本机监听端口；默认任取一个空闲端口'),
    )
    .option('--no-browser', t('only print the address', '只显示地址，不打开浏览器'))
    .option('--as-of <date>', t('look at them as of this day', '按这一天来看'))
    .option('--json', t('the address as JSON, when it runs', '启动后以 JSON 输出地址'))
    .action(async (places: string[], options) =>
      done(await (await import('../commands/open.ts')).openCommand(places, options)),
    )
}
