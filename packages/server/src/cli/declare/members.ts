import { Option } from 'commander'
import type { Command } from 'commander'
import type { Commands } from './commands-of.ts'

/** Commands about who may come in: members, tokens, and signing in to a server. */
export function memberCommands({ program, t, done, common, remote }: Commands): void {
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
      done(await (await import('../commands/login.ts')).loginCommand(url, options)),
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
      done(await (await import('../commands/user.ts')).userAddCommand(email, options)),
    )
  ofUser(user.command('list').description(t('list the members', '列出成员'))).action(async (options) =>
    done(await (await import('../commands/user.ts')).userListCommand(options)),
  )
  ofUser(
    user
      .command('reset')
      .description(t('print a link by which a member sets a new password', '输出成员重设密码的链接')),
  )
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('../commands/user.ts')).userResetCommand(email, options)),
    )
  ofUser(user.command('disable').description(t('shut a member out at once', '立即停用一名成员')))
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('../commands/user.ts')).userDisableCommand(email, options)),
    )
  ofUser(user.command('enable').description(t('let a member in again who was shut out', '重新启用被停用的成员')))
    .argument('<email>')
    .action(async (email: string, options) =>
      done(await (await import('../commands/user.ts')).userEnableCommand(email, options)),
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
    .action(async (options) => done(await (await import('../commands/token.ts')).tokenCreateCommand(options)))
  ofToken(token.command('list').description(t('list the tokens', '列出令牌'))).action(async (options) =>
    done(await (await import('../commands/token.ts')).tokenListCommand(options)),
  )
  ofToken(token.command('revoke').description(t('revoke a token', '撤销令牌')))
    .argument('<id>')
    .action(async (id: string, options) =>
      done(await (await import('../commands/token.ts')).tokenRevokeCommand(id, options)),
    )
}
