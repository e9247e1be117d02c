import { Option } from 'commander'
import type { Commands } from './commands-of.ts'
import { withIntakeOptions } from '../intake-options.ts'

/** Commands that look at deals, and the method they are looked at with. */
export function dealCommands({ program, t, done, common, remote, laidOut }: Commands): void {
  const dealFile = t('deal file (YAML or JSON), or - for standard input', '商机文件（YAML 或 JSON），- 表示标准输入')
  const asJson = t('as JSON', '以 JSON 输出')
  const fromDay = (en: string, zh: string): string =>
    t(`the day to ${en} from, like 2025-04-02; default today`, `从哪一天${zh}，如 2025-04-02；默认今天`)

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
    .option('--as-of <date>', fromDay('look', '看'))
    .option('--json', t('the whole brief as JSON', '以 JSON 输出整份简报'))
    .option('--all', t('everything, not only the top of long lists', '全部列出，不只列前几项'))
    .option('--strict', t('exit with 1 when a finding is of severity danger', '有“危险”级提醒时以 1 退出'))
    .option('--svg <file>', t('also write the picture', '同时写出图'))
    .option(
      '--html <file>',
      t('also write one self-contained page to mail or print', '同时写出一个独立网页，可邮寄或打印'),
    )
    .option('--pptx <file>', t('also write it as slides', '同时写出幻灯片'))
    .option('--for-customer', t('the slides show only what a customer may see', '幻灯片只含客户可以看的内容'))
    .addOption(
      new Option('--theme <theme>', t('theme of the picture', '图的主题')).choices(['light', 'dark']).default('light'),
    )
    .option('--watch', t('print again whenever the file is saved', '文件每次保存后重新输出'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/brief.ts')).briefCommand(file, options)),
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
    .argument('<file>', dealFile)
    .option('--as-of <date>', fromDay('plan', '起计划'))
    .addOption(
      new Option('--style <style>', t('default: what the deal says, else steady', '默认按商机所写，否则为稳')).choices([
        'steady',
        'swift',
      ]),
    )
    .option('--json', asJson)
    .option('--all', t('every step, not only the first seven', '列出每一步，不只前七步'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/plan.ts')).planCommand(file, options)),
    )

  laidOut(
    program
      .command('wargame')
      .description(
        t(
          'play the deal against what rivals may do: which way of playing, until when, and what to ask first',
          '与对手推演：用哪个策略、到什么时候就该换、先问哪一句',
        ),
      ),
  )
    .argument('<file>', dealFile)
    .option('--as-of <date>', fromDay('play', '起推演'))
    .option('--paths <count>', t('ways the customer may go, 200 to 100000', '客户可能的走法数，200 到 100000'), '10000')
    .option('--seed <number>', t('the same seed gives the same numbers', '种子相同，结果相同'), '1')
    .option('--json', asJson)
    .action(async (file: string, options) =>
      done(await (await import('../commands/wargame.ts')).wargameCommand(file, options)),
    )

  laidOut(
    program
      .command('meeting')
      .description(
        t(
          'one page before a meeting: aim, people, promises, three points, a proof, an ask, answers',
          '会面前的一页纸：目的、人、承诺、三点、一份证明、一个请求、怎么回答',
        ),
      ),
  )
    .argument('<file>', dealFile)
    .requiredOption(
      '--with <people>',
      t('ids or names, the one it is for first, commas between them', '人物的 id 或姓名，主要的在前，用逗号隔开'),
    )
    .option('--on <date>', t('the day of the meeting; default as planned', '会面日期；默认按计划'))
    .option('--play <play>', t('the play; default as planned', '打法；默认按计划'))
    .option('--ours <name>', t('who of ours goes; default as planned', '我方谁去；默认按计划'))
    .option(
      '--as-of <date>',
      t('as known on that day, like 2025-04-02; default today', '按哪一天所知，如 2025-04-02；默认今天'),
    )
    .option('--json', asJson)
    .option('--html <file>', t('also write one page to print', '同时写出可打印的一页'))
    .option('--docx <file>', t('also write it as a Word document', '同时写出 Word 文档'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/meeting.ts')).meetingCommand(file, options)),
    )

  laidOut(
    program
      .command('account')
      .description(
        t(
          'the plan of one customer from its deal files alone: white space, relationships, rivals, promises, next steps',
          '只凭商机文件生成一个客户的大客户规划：空白、关系、对手、承诺、下一步',
        ),
      ),
  )
    .argument('<files...>', t('deal files of the customer, or folders of them', '该客户的商机文件或文件夹'))
    .option('--account <name>', t('which customer, where the files are of several', '文件属于多个客户时指定哪一个'))
    .option('--as-of <date>', t('the day to look from; default today', '从哪一天看；默认今天'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .option('--html <file>', t('also write one page to print', '同时写出可打印的一页'))
    .option('--pptx <file>', t('also write it as slides', '同时写出幻灯片'))
    .option('--for-customer', t('the slides show only what a customer may see', '幻灯片只含客户可以看的内容'))
    .action(async (files: string[], options) =>
      done(await (await import('../commands/account.ts')).accountCommand(files, options)),
    )

  laidOut(
    program
      .command('review')
      .description(
        t(
          'the pipeline review: deals by the loss that can still be prevented this week, what changed, who is far off whom',
          '商机例会：按本周还能挽回的损失排序，有什么变化，谁的数差得远',
        ),
      ),
  )
    .argument('<files...>', t('deal files, or folders of them', '商机文件或文件夹'))
    .option('--as-of <date>', t('the day to look from; default today', '从哪一天看；默认今天'))
    .option('--since <date>', t('compared with this day; default a week before', '与哪一天对比；默认一周前'))
    .option('--json', t('as JSON', '以 JSON 输出'))
    .option('--html <file>', t('also write pages to print', '同时写出可打印的页面'))
    .action(async (files: string[], options) =>
      done(await (await import('../commands/review.ts')).reviewCommand(files, options)),
    )

  common(
    program
      .command('next-unit')
      .description(
        t(
          'a deal file for the next unit of the customer, opened from a deal that was won',
          '从赢下的商机开拓客户的下一个单位，输出新的商机文件',
        ),
      ),
  )
    .argument('<file>', t('deal file of the deal that was won', '赢下的商机文件'))
    .requiredOption('--name <name>', t('what the new deal is about', '新商机是做什么的'))
    .option('--unit <unit>', t('the unit that would buy', '买的单位'))
    .option('--offer <offer>', t('what it is about; default as before', '卖什么；默认同前'))
    .option('--out <file>', t('write it there instead of printing it', '写到这个文件，而不是输出到屏幕'))
    .option('--as-of <date>', t('the day it is opened; default today', '打开的日期；默认今天'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/next-unit.ts')).nextUnitCommand(file, options)),
    )

  common(
    program
      .command('joint')
      .description(
        t(
          'the joint plan of a deal as a page for the customer: HTML to print or mail, with nothing else of the deal',
          '把商机的联合推进计划输出为给客户看的网页（HTML，可打印或发送），不含商机的其他内容',
        ),
      ),
  )
    .argument(
      '<file>',
      t('deal file (YAML or JSON), or - for standard input', '商机文件（YAML 或 JSON），- 表示标准输入'),
    )
    .option('--title <text>', t('title of the page', '页面标题'))
    .option('--out <file>', t('write it there instead of printing it', '写到这个文件，而不是输出到屏幕'))
    .option('--as-of <date>', t('the day from which late is counted; default today', '从哪一天起算逾期；默认今天'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/joint.ts')).jointCommand(file, options)),
    )

  common(
    program
      .command('calendar')
      .description(
        t('the planned steps of a deal as a calendar file (.ics)', '把商机的计划步骤输出为日历文件（.ics）'),
      ),
  )
    .argument('<file>', dealFile)
    .option('--out <file>', t('write it there instead of printing it', '写到这个文件，而不是输出到屏幕'))
    .option('--proposals', t('also what the plan proposes, as tentative', '也包括计划的建议，标为“暂定”'))
    .option('--as-of <date>', fromDay('plan', '起计划'))
    .option('--time-zone <zone>', t('of the times of steps; default: this machine', '步骤时刻所在的时区；默认本机'))
    .action(async (file: string, options) =>
      done(await (await import('../commands/calendar.ts')).calendarCommand(file, options)),
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
    .option('--json', asJson)
    .action(async (files: string[], options) =>
      done(await (await import('../commands/check.ts')).checkCommand(files, options)),
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
    .option('--json', asJson)
    .action(async (file: string, options) =>
      done(await (await import('../commands/replay.ts')).replayCommand(file, options)),
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
    .option('--as-of <date>', fromDay('look', '看'))
    .option(
      '--map <file>',
      t('columns of the CSV: YAML or JSON of our field: their column', 'CSV 的列对应：YAML 或 JSON，“字段: 列名”'),
    )
    .option('--limit <n>', t('show only the first n', '只列前 n 个'))
    .option('--json', asJson)
    .option(
      '--strict',
      t('exit with 1 when a deal has a finding of severity danger', '有商机带“危险”级提醒时以 1 退出'),
    )
    .action(async (paths: string[], options) =>
      done(await (await import('../commands/portfolio.ts')).portfolioCommand(paths, options)),
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
        'text, Markdown, mail (eml, msg, mbox), chat, minutes, transcript (vtt, docx) or a list of activities; - for standard input',
        '文本、Markdown、邮件（eml、msg、mbox）、聊天记录、会议纪要、转写（vtt、docx）或活动列表；- 表示标准输入',
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
    .option(
      '--time-zone <zone>',
      t('whose day counts for moments; default: this machine', '时刻按哪个时区的日期计；默认本机'),
    )
    .option('--ours <who...>', t('names, addresses or domains of our own side', '我方的姓名、邮箱或域名'))
    .option('--theirs <name...>', t('names of the customer’s people', '客户一方的姓名'))
    .option('--json', asJson)
    .action(async (file: string, options) =>
      done(await (await import('../commands/read.ts')).readCommand(file, options)),
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
    .option('--json', asJson)
    .action(async (id: string | undefined, options) =>
      done(await (await import('../commands/explain.ts')).explainCommand(id, options)),
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
      done(await (await import('../commands/position.ts')).positionCommand(file, options)),
    )

  common(
    program
      .command('schema')
      .description(t('JSON Schema of the deal file, for editors', '商机文件的 JSON Schema，供编辑器使用')),
  )
    .option('--brief', t('of the brief instead', '改为简报的 JSON Schema'))
    .action(async (options) => done(await (await import('../commands/schema.ts')).schemaCommand(options)))

  common(
    program
      .command('new')
      .description(t('asks five questions and writes a first deal file', '问五个问题，写出第一个商机文件')),
  )
    .argument('[file]', t('where to write it; default from the name of the deal', '写到哪里；默认按商机名称'))
    .action(async (file: string | undefined, options) =>
      done(await (await import('../commands/new.ts')).newCommand(file, options)),
    )

  const method = program.command('method').description(t('the method as data', '作为数据的方法')).exitOverride()
  method
    .command('check')
    .description(t('every fault of a methodology folder, with file and path', '方法文件夹的每处错误，注明文件和位置'))
    .exitOverride()
    .argument('<dir>', t('the folder', '文件夹'))
    .addOption(new Option('--lang <lang>', t('language', '语言')).choices(['en', 'zh']))
    .option('--json', asJson)
    .action(async (folder: string, options) =>
      done(await (await import('../commands/method.ts')).methodCheckCommand(folder, options)),
    )
}
