import type { Lang, Methodology } from '@sente/engine'
import { z } from 'zod'
import { DEAL_ORDERS } from '../desk.ts'
import type { DealLine, Desk } from '../desk.ts'
import { line, quoted } from '../marks.ts'
import { Day, DealNamed, dealNamed, said, says, share, Share } from '../told/shapes.ts'
import { tool } from '../tool.ts'

const LineTold = DealNamed.extend({
  owner: z.string().optional(),
  status: z.string(),
  amount: z.object({ value: z.string(), currency: z.string() }).optional(),
  phase: z.string().optional().meta({ description: 'Where the customer is; absent: not known' }),
  lead: z.object({ state: z.string(), days: z.int().optional(), concern: z.string().optional() }).optional(),
  win: Share.optional(),
  seller: Share.optional().meta({ description: 'The seller’s own estimate' }),
  stalled: Share.optional(),
  decisionOn: Day.optional(),
  startBy: Day.optional().meta({ description: 'The next day by which something must be begun' }),
  dangers: z.int().optional(),
  warnings: z.int().optional(),
  findings: z.array(z.string()).meta({ description: 'The weightiest rules that fire' }),
})

function told(one: DealLine, method: Methodology, lang: Lang): z.input<typeof LineTold> {
  const concern = one.lead?.concern
  return {
    ...dealNamed(one),
    ...said({ owner: one.owner && line(one.owner), amount: one.amount }),
    status: one.status,
    ...said({
      phase: one.phase && (method.phases.phases.find(({ id }) => id === one.phase)?.name[lang] ?? one.phase),
      lead: one.lead && {
        state: one.lead.state,
        ...said({
          days: one.lead.days,
          concern: concern && (method.concerns.concerns.find(({ id }) => id === concern)?.name[lang] ?? concern),
        }),
      },
      win: one.win === undefined ? undefined : share(one.win),
      seller: one.seller === undefined ? undefined : share(one.seller),
      stalled: one.stalled === undefined ? undefined : share(one.stalled),
      decisionOn: one.decisionOn,
      startBy: one.startBy,
      dangers: one.dangers,
      warnings: one.warnings,
    }),
    findings: one.findings.slice(0, 5).map(({ rule, severity }) => {
      const name = method.rules.rules.find(({ id }) => id === rule)?.name[lang]
      return `${severity}: ${name ?? rule} (${rule})`
    }),
  }
}

const Lines = z.object({
  deals: z.array(LineTold),
  next: z.string().optional().meta({ description: 'Send it as cursor for the next page' }),
  left: z.array(z.string()).optional().meta({ description: 'What is not in the list, and why' }),
})

async function listed(desk: Desk, query: Parameters<Desk['deals']>[0]): Promise<z.input<typeof Lines>> {
  const [{ deals, next, left }, method] = [await desk.deals(query), await desk.method()]
  return {
    deals: deals.map((one) => told(one, method, desk.lang)),
    ...said({ next, left: left && left.length > 0 ? left.slice(0, 10).map((one) => says(one, desk.lang)) : undefined }),
  }
}

const paged = {
  limit: z.int().min(1).max(50).default(20),
  cursor: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: 'next of the page before, with the same other arguments' }),
}

export const findDeals = tool({
  name: 'find_deals',
  title: { en: 'Find deals', zh: '找商机' },
  description: {
    en: 'Deals that you may see, by words of their name or account, with where the customer is and how far ahead or behind we are. Start here to learn ids.',
    zh: '按商机或客户名称中的词查找你能看到的商机，附客户所处阶段和先手天数。先用它得到 id。',
  },
  input: z.strictObject({
    words: z.string().trim().max(200).optional().meta({ description: 'Words of the name or the account; absent: all' }),
    status: z.enum(['open', 'won', 'lost', 'no-decision']).optional(),
    order: z.enum(DEAL_ORDERS).default('name'),
    ...paged,
  }),
  output: Lines,
  needs: ['deals:read'],
  run: ({ words, ...rest }, desk) => listed(desk, { ...rest, q: words }),
})

export const reviewList = tool({
  name: 'review_list',
  title: { en: 'Review list', zh: '评审清单' },
  description: {
    en: 'Open deals for a review, the most endangered first: lead, win number beside the seller’s own, findings, next day by which something must be begun.',
    zh: '供评审的在跟商机，最危险的在前：先手天数、赢率与销售自评、提醒、下一个最迟启动日。',
  },
  input: z.strictObject(paged),
  output: Lines,
  needs: ['deals:read'],
  run: (input, desk) => listed(desk, { ...input, status: 'open', order: 'danger' }),
})

const AgendaTold = z.object({
  on: Day,
  lines: z.array(
    z.object({
      kind: z.enum(['outcome', 'see', 'promise', 'decide']).meta({
        description:
          'outcome: say how it went; see: a fixed meeting; promise: ours, due; decide: a proposed step that must be begun',
      }),
      deal: DealNamed,
      owner: z.string().optional(),
      step: z.string().optional(),
      promise: z.string().optional(),
      what: z.string().optional(),
      with: z.array(z.string()),
      through: z.string().optional(),
      ours: z.string().optional(),
      on: Day,
      start: Day.optional(),
      bring: z.string().optional(),
      papers: z.array(z.object({ paper: z.string(), startBy: Day })),
      why: z.string().optional(),
    }),
  ),
  question: z
    .object({ deal: DealNamed, to: z.string().optional(), question: z.string(), changes: z.string() })
    .optional()
    .meta({ description: 'The one question whose answer would change a plan most' }),
})

export const today = tool({
  name: 'today',
  title: { en: 'Today', zh: '今日' },
  description: {
    en: 'Whom to see or call today, through whom, by when and with what in hand: at most seven lines over all deals, and the one question most worth asking.',
    zh: '今天要见谁、打给谁、通过谁、何时之前、带什么：所有商机合起来最多七条，另附最值得问的一个问题。',
  },
  input: z.strictObject({
    whose: z.enum(['own', 'all']).default('own').meta({ description: 'Your own deals, or all that you may see' }),
  }),
  output: AgendaTold,
  needs: ['deals:read'],
  run: async ({ whose }, desk) => {
    const [{ on, lines, question }, method] = [await desk.agenda(whose), await desk.method()]
    const { lang } = desk
    return {
      on,
      lines: lines.map(({ kind, deal, with: people, papers, ...one }) => ({
        kind,
        deal: dealNamed(deal),
        with: people.slice(0, 20).map((name) => line(name)),
        on: one.on,
        ...said({
          owner: one.owner && line(one.owner),
          step: one.step,
          promise: one.promise,
          what: one.what ? quoted(one.what) : method.plays.plays.find(({ id }) => id === one.play)?.name[lang],
          through: one.through && line(one.through),
          ours: one.ours && line(one.ours),
          start: one.start,
          bring: one.bring && says(one.bring, lang),
          why: one.why && says(one.why, lang),
        }),
        papers: papers.slice(0, 8).map(({ name, startBy }) => ({ paper: says(name, lang), startBy })),
      })),
      ...said({
        question: question && {
          deal: dealNamed(question.deal),
          question: says(question.text, lang),
          changes: says(question.changes, lang),
          ...said({ to: question.to && line(question.to) }),
        },
      }),
    }
  },
})

export const searchRecords = tool({
  name: 'search_records',
  title: { en: 'Search records', zh: '搜索记录' },
  description: {
    en: 'Search names, notes, touches and evidence of the workspace, in Chinese and English. Excerpts are other people’s words.',
    zh: '在工作区的名称、记录、接触和依据中搜索，中英文均可。摘录是他人的原话。',
  },
  input: z.strictObject({
    words: z.string().trim().min(1).max(200),
    kind: z.enum(['account', 'person', 'deal', 'note', 'touch', 'evidence']).optional(),
    limit: z.int().min(1).max(30).default(10),
  }),
  output: z.object({
    items: z.array(
      z.object({
        kind: z.string(),
        title: z.string(),
        deal: z.string().optional().meta({ description: 'Id of the deal it belongs to' }),
        of: z.string().optional(),
        on: Day.optional(),
        excerpt: z.string().optional(),
      }),
    ),
  }),
  needs: ['deals:read'],
  run: async ({ words, kind, limit }, desk) => ({
    items: (await desk.search({ q: words, kind, limit })).map((hit) => ({
      kind: hit.kind,
      title: line(hit.title),
      ...said({ deal: hit.deal, of: hit.of && line(hit.of), on: hit.on, excerpt: hit.excerpt && quoted(hit.excerpt) }),
    })),
  }),
})
