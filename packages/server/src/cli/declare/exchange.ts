import { Option } from 'commander'
import type { Commands } from './commands-of.ts'
import { withIntakeOptions } from '../intake-options.ts'

/** Commands that bring data in and take it out. */
export function exchangeCommands({ program, t, done, common, remote }: Commands): void {
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
      done(await (await import('../commands/import.ts')).importCommand(files, options)),
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
      done(await (await import('../commands/export.ts')).exportCommand(file, options)),
    )
}
