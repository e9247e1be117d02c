import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { brief as briefOf, isOpenOn, judgedWin, withBaseRate, withOutlook } from '@sente/engine'
import type { Brief, Deal, Lang, Methodology, PlainDate } from '@sente/engine'
import { addActivities, dealsFrom, isUsable, MAP_FIELDS } from '../../exchange/files/crm.ts'
import type { ColumnMap, RowRemark, Table } from '../../exchange/files/crm.ts'
import type { Answers, IntakeReport } from '../../exchange/intake/doubts.ts'
import { FileProblem, readDeal, readText } from '../../exchange/files/deal-file.ts'
import { withNotes } from '../../notes/reader.ts'
import { isList, readList, readMapping } from '../lists.ts'
import { answersOption } from '../intake-options.ts'
import type { IntakeOptions } from '../intake-options.ts'
import { reportLines } from '../terminal/intake.ts'
import { asOfOption, columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { RemoteOptions } from '../server/remote.ts'
import type { Line } from '../terminal/portfolio-line.ts'
import { nameOf } from '../terminal/view.ts'
import { money, percent, shortDate, signedDays } from '../terminal/format.ts'
import { cut, hang, pad, width } from '../terminal/text.ts'
import { WORDS } from '../words.ts'

interface PortfolioOptions extends RemoteOptions, IntakeOptions {
  asOf?: string
  map?: string
  limit?: string
  json?: boolean
  strict?: boolean
  method?: string
}

/** `sente portfolio PATHS…`: every open deal, the most endangered first. */
export async function portfolioCommand(paths: string[], options: PortfolioOptions): Promise<number> {
  const lang = languageOf(options.lang)
  const limit = options.limit === undefined ? Infinity : Number(options.limit)
  if (!(limit >= 1) || (limit !== Infinity && !Number.isInteger(limit)))
    throw new Stop(
      lang === 'zh' ? `--limit ${options.limit}：应为至少 1 的整数` : `--limit ${options.limit}: a whole number from 1`,
      EXIT.badInput,
    )
  const answers = answersOption(options, lang)
  const methodology = await methodologyFrom(options.method)
  const asOf = asOfOption(options.asOf, lang)
  if (paths.length === 0) return fromServer(options, { lang, methodology, asOf, limit })
  const map = options.map === undefined ? {} : await readMap(options.map, lang)
  const { deals, remarks, rows, reports } = await gather(paths, { map, answers }, methodology, asOf, lang)
  const open = deals.filter(({ deal }) => isOpenOn(deal, asOf))
  // The base rate is that of the deals among them that have closed, once there are enough.
  const ends = deals.flatMap(({ deal }) => (deal.closedOn !== undefined && deal.closedOn <= asOf ? [deal.status] : []))
  const ended = (status: Deal['status']): number => ends.filter((end) => end === status).length
  const own = withOutlook(
    methodology,
    withBaseRate(methodology.outlook, { won: ended('won'), lost: ended('lost'), noDecision: ended('no-decision') }),
  )
  const lines: Line[] = []
  for (const [i, { deal, source }] of open.entries()) {
    progress(i, open.length, lang)
    const brief = briefOf(deal.notes?.length ? await withNotes(deal, methodology) : deal, own, asOf)
    lines.push({
      ...lineOf(brief, source),
      crmCloseOn: deal.crmCloseOn ?? null,
      crmNextStep: deal.crmNextStep ?? null,
    })
  }
  progress(open.length, open.length, lang)
  lines.sort(byDanger)
  const closed = deals.length - open.length
  if (options.json) await print(JSON.stringify({ asOf, deals: lines, closed, remarks, reports }, null, 2))
  else
    await print(
      portfolioLines(lines.slice(0, limit), {
        reports,
        lang,
        methodology,
        asOf,
        closed,
        total: lines.length,
        remarks,
        rows,
        columns: columnsOf(options.width),
      }).join('\n'),
    )
  if (lines.length === 0 && closed === 0) return EXIT.badInput
  return options.strict && lines.some((line) => line.dangers + line.blocks > 0) ? EXIT.findings : EXIT.fine
}

/** The open deals a server has, as its lists keep them: nothing is computed here. */
async function fromServer(
  options: PortfolioOptions,
  { lang, methodology, asOf, limit }: { lang: Lang; methodology: Methodology; asOf: PlainDate; limit: number },
): Promise<number> {
  const [{ loginOf }, { remoteLines }] = await Promise.all([
    import('../server/remote.ts'),
    import('../server/portfolio.ts'),
  ])
  const login = await loginOf(options, lang)
  if (!login)
    throw new Stop(
      lang === 'zh'
        ? '请指定商机文件、文件夹或 CSV，或用 --server 指定服务器'
        : 'Name deal files, folders or CSV files, or a server with --server',
      EXIT.badInput,
    )
  const lines = (await remoteLines(login, methodology, lang)).sort(byDanger)
  if (options.json) await print(JSON.stringify({ asOf, deals: lines, closed: 0, remarks: [] }, null, 2))
  else
    await print(
      portfolioLines(lines.slice(0, limit), {
        lang,
        methodology,
        asOf,
        reports: [],
        closed: 0,
        total: lines.length,
        remarks: [],
        rows: { used: 0, all: 0 },
        columns: columnsOf(options.width),
      }).join('\n'),
    )
  return options.strict && lines.some((line) => line.dangers + line.blocks > 0) ? EXIT.findings : EXIT.fine
}

/** Progress on a terminal only, on standard error, so that the list itself stays clean. */
function progress(done: number, all: number, lang: Lang): void {
  if (!process.stderr.isTTY || all < 50 || (done % 25 !== 0 && done !== all)) return
  process.stderr.write(done === all ? '\r\u001b[K' : `\r${lang === 'zh' ? '计算' : 'computing'} ${done}/${all}`)
}

/** Blocked first, then by the number of dangers, then the smallest lead, then the larger deal. */
function byDanger(a: Line, b: Line): number {
  const lead = (line: Line): number => line.lead.days ?? Infinity
  const leads = lead(a) === lead(b) ? 0 : lead(a) - lead(b)
  return (
    b.blocks - a.blocks ||
    b.dangers - a.dangers ||
    leads ||
    b.warnings - a.warnings ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
  )
}

function lineOf(brief: Brief, source: string): Omit<Line, 'crmCloseOn' | 'crmNextStep'> {
  const { known, leading, phases, stalled } = brief.position
  const count = (severity: string): number => brief.findings.filter((finding) => finding.severity === severity).length
  return {
    source,
    name: brief.deal.name,
    account: brief.deal.account,
    amount: brief.deal.amount,
    phase: known ? leading : null,
    probability: known ? phases[leading] : null,
    stalled: known ? stalled : null,
    lead: { state: brief.lead.state, days: brief.lead.days, concern: brief.lead.concern },
    cover: brief.people.cover.executives?.value ?? null,
    blocks: count('block'),
    dangers: count('danger'),
    warnings: count('warn'),
    worst: brief.findings[0]?.name ?? null,
    homework: brief.homework.length,
    decision: brief.outlook.when?.p50 ?? null,
    model: judgedWin(brief),
    seller: brief.outlook.seller?.value ?? null,
  }
}

/** How to read CSV files: their columns, and the currency of amounts that name none. */
interface Reading {
  map: ColumnMap
  answers: Answers
}

interface Gathered {
  deals: { deal: Deal; source: string }[]
  remarks: RowRemark[]
  /** What was taken with doubt and what was left out of each list. */
  reports: { file: string; report: IntakeReport }[]
  /** Rows of CSV files used and seen. */
  rows: { used: number; all: number }
}

async function gather(
  paths: readonly string[],
  reading: Reading,
  methodology: Methodology,
  asOf: PlainDate,
  lang: Lang,
): Promise<Gathered> {
  const files = (await Promise.all(paths.map(filesOf))).flat()
  if (files.length === 0)
    throw new Stop(
      lang === 'zh' ? `没有找到商机文件或 CSV：${paths.join('、')}` : `no deal files or CSV in ${paths.join(', ')}`,
      EXIT.badInput,
    )
  const gathered: Gathered = { deals: [], remarks: [], reports: [], rows: { used: 0, all: 0 } }
  const tables: Table[] = []
  for (const file of files) {
    if (isList(file)) {
      tables.push(await readList(file, { ...reading, methodology }))
      continue
    }
    const read = await readText(file).then(
      (text) => readDeal(text, methodology),
      (error: unknown) => {
        if (!(error instanceof FileProblem)) throw error
        return { faults: [{ line: 1, column: 1, code: 'unreadable', what: error.says }] }
      },
    )
    if ('deal' in read) gathered.deals.push({ deal: read.deal, source: file })
    else for (const fault of read.faults) gathered.remarks.push({ file, row: fault.line, used: false, why: fault.what })
  }
  fromTables(tables, reading, asOf, gathered, lang)
  return gathered
}

function fromTables(
  tables: readonly Table[],
  { answers: { currency } }: Reading,
  asOf: PlainDate,
  gathered: Gathered,
  lang: Lang,
): void {
  // Accounts and people hold no deals: they are for an import.
  const named = tables.filter(({ kind }) => kind === 'accounts' || kind === 'people')
  const others = named.length < tables.length || gathered.deals.length > 0 ? named : []
  for (const { file, rows } of others) {
    const why = {
      en: `A list of ${rows.length} accounts or people: it holds no deals and is left out here; sente import takes it.`,
      zh: `这是客户或人员名单（${rows.length} 行），不含商机，此处略过；可用 sente import 导入。`,
    }
    gathered.remarks.push({ file, row: 1, used: false, why })
  }
  const unknown = tables.find((table) => (!isUsable(table) || named.includes(table)) && !others.includes(table))
  if (unknown) {
    const { file, columns } = unknown
    const names = [...MAP_FIELDS].join(', ')
    throw new Stop(
      lang === 'zh'
        ? `${file}：看不出哪一列是商机名称（现有列：${columns.join('、')}）。请用 --map 指定，例如 name：项目；可用字段：${names}`
        : `${file}: no column is recognised as the name of the opportunity (columns: ${columns.join(', ')}). Say so with --map, for example name: Project; fields: ${names}`,
      EXIT.badInput,
    )
  }
  for (const { file, report } of tables)
    if (!others.some((other) => other.file === file)) gathered.reports.push({ file, report })
  const all = new Map<string, Deal>()
  const places = new Map<string, number>()
  for (const table of tables.filter(({ kind }) => kind === 'deals')) {
    const { deals, remarks } = dealsFrom(table, asOf, currency)
    for (const [key, deal] of deals) {
      const place = places.get(key)
      const before = place === undefined ? undefined : gathered.deals[place]!
      all.set(key, deal)
      if (before) {
        gathered.deals[place!] = { deal, source: table.file }
        const why = {
          en: `"${deal.name}" is in ${before.source} and in ${table.file}: it is one deal, and the later list counts.`,
          zh: `“${deal.name}”在 ${before.source} 与 ${table.file} 中都有：是同一个商机，以后一份为准。`,
        }
        gathered.remarks.push({ file: table.file, row: 1, used: true, why })
        continue
      }
      places.set(key, gathered.deals.length)
      gathered.deals.push({ deal, source: table.file })
    }
    gathered.remarks.push(...remarks)
    gathered.rows.all += table.rows.length
    gathered.rows.used += deals.size
  }
  for (const table of tables.filter(({ kind }) => kind === 'activities')) {
    const remarks = addActivities(table, all)
    gathered.remarks.push(...remarks)
    gathered.rows.all += table.rows.length
    gathered.rows.used += table.rows.length - remarks.length
  }
}

async function filesOf(path: string): Promise<string[]> {
  const info = await stat(path).catch(() => {
    throw new FileProblem({ en: `${path}: no such file or folder.`, zh: `${path}：没有这个文件或文件夹。` })
  })
  if (!info.isDirectory()) return [path]
  const names = await readdir(path)
  return names
    .filter((name) => /\.(ya?ml|json|csv|tsv|xlsx)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

async function readMap(file: string, lang: Lang): Promise<ColumnMap> {
  const map = await readMapping(file, lang)
  const known = MAP_FIELDS
  const wrong = Object.keys(map).filter((key) => !known.has(key))
  if (wrong.length > 0)
    throw new Stop(
      `${file}：${lang === 'zh' ? '未知字段' : 'unknown field'} ${wrong.join(', ')} （${[...known].join(', ')}）`,
      EXIT.badInput,
    )
  return map as ColumnMap
}

interface Shown {
  lang: Lang
  methodology: Methodology
  asOf: PlainDate
  closed: number
  total: number
  remarks: readonly RowRemark[]
  reports: readonly { file: string; report: IntakeReport }[]
  rows: { used: number; all: number }
  columns: number
}

function portfolioLines(
  lines: readonly Line[],
  { lang, methodology, asOf, closed, total, remarks, reports, rows, columns }: Shown,
): string[] {
  const words = WORDS[lang]
  const paint = paintOf()
  const phase = (id: string): string => methodology.phases.phases.find((entry) => entry.id === id)!.short[lang]
  const phaseColumns =
    Math.max(
      width(words.phase),
      width(words.notJudged),
      ...methodology.phases.phases.map((entry) => width(entry.short[lang]) + 5),
    ) + 2
  const leadColumns = Math.max(18, width(words.leadColumn) + 2)
  const nameColumns = Math.max(16, Math.min(44, columns - phaseColumns - leadColumns - 30))
  const out = [
    paint('bold', total === 0 ? words.noOpenDeals : words.openDeals(total)) +
      paint('dim', `  ${words.asOf} ${shortDate(asOf, '', lang)}`),
  ]
  if (total > 0)
    out.push(
      '',
      paint(
        'dim',
        `   ${pad(words.deal, nameColumns)}${pad(words.phase, phaseColumns)}${pad(words.leadColumn, leadColumns)}▲  ●  ${words.decision}`,
      ),
    )
  lines.forEach((line, i) => {
    const lead =
      line.lead.state === 'covered'
        ? words.coveredRoom
        : line.lead.state === 'unknown'
          ? words.notKnown
          : `${signedDays(line.lead.days, lang)}${line.lead.concern ? ` ${nameOf(methodology, line.lead.concern, lang)}` : ''}`
    const dangers = line.dangers + line.blocks
    const row = `${pad(`${i + 1}`, 3)}${pad(cut(line.name, nameColumns - 2), nameColumns)}${pad(line.phase === null || line.probability === null ? words.notJudged : `${phase(line.phase)} ${percent(line.probability)}`, phaseColumns)}${pad(cut(lead, leadColumns - 1), leadColumns)}${pad(String(dangers), 3)}${pad(String(line.warnings), 3)}${shortDate(line.decision, asOf, lang)}`
    out.push(dangers > 0 ? paint('red', row) : row)
    const details = [
      line.account,
      line.amount && money(line.amount, lang),
      line.worst?.[lang],
      line.homework > 0 ? words.openQuestions(line.homework) : '',
      line.seller === null ? '' : `${words.seller} ${percent(line.seller)}`,
      line.crmCloseOn === null ? '' : words.crmClose(shortDate(line.crmCloseOn, asOf, lang)),
      line.crmNextStep === null ? '' : words.crmNext(line.crmNextStep.trim().replaceAll(/\s+/g, ' ')),
    ]
    out.push(paint('dim', `   ${cut(details.filter(Boolean).join(' · '), columns - 3)}`))
  })
  if (lines.length < total) out.push(paint('dim', words.notShown(total - lines.length)))
  if (closed > 0)
    out.push(
      '',
      paint(
        'dim',
        lang === 'zh'
          ? `另有 ${closed} 个已关闭，未列出`
          : `${closed} closed ${closed === 1 ? 'deal' : 'deals'} not listed`,
      ),
    )
  if (rows.all > 0) out.push('', words.usable(rows.used, rows.all))
  for (const { file, report } of reports) out.push(...reportLines(report, { file, lang, columns }))
  if (remarks.length > 0) {
    const shown = remarks.slice(0, 30)
    out.push('', paint('bold', words.notUsed))
    for (const remark of shown) {
      const place = isList(remark.file)
        ? lang === 'zh'
          ? `第 ${remark.row} 行`
          : `row ${remark.row}`
        : `:${remark.row}`
      out.push(...hang('  ', `${remark.file} ${place}: ${remark.why[lang]}`, columns))
    }
    if (shown.length < remarks.length)
      out.push(
        paint(
          'dim',
          lang === 'zh'
            ? `  ……还有 ${remarks.length - shown.length} 条（--json 全部）`
            : `  … and ${remarks.length - shown.length} more (--json has all)`,
        ),
      )
  }
  return out
}
