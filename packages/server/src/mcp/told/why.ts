import type { Brief, Lang, Methodology } from '@sente/engine'
import { z } from 'zod'
import { line, quoted } from '../marks.ts'
import { Refused } from '../desk.ts'
import type { DealRef } from '../desk.ts'
import { Day, DealNamed, dealNamed, said, says, share, Share } from './shapes.ts'

export const WHY_ABOUT = ['position', 'lead', 'win', 'findings'] as const
export const WhyTold = z.object({
  deal: DealNamed,
  about: z.enum(WHY_ABOUT),
  asOf: Day,
  sums: z.string().meta({ description: 'How the reasons add up' }),
  reasons: z.array(
    z.object({
      what: z.string(),
      on: Day.optional(),
      from: z.string().optional(),
      quote: z.string().optional(),
      effect: z.number().optional().meta({ description: 'Log-odds with it minus without it; positive speaks for it' }),
      weight: Share.optional(),
      because: z.array(z.string()).optional(),
      known: z.boolean().optional(),
    }),
  ),
  more: z.int().optional(),
})

/** Why a brief says what it says: its own reasons, none made here. */
export function whyTold(
  deal: DealRef,
  brief: Brief,
  {
    about,
    rule,
    method,
    lang,
  }: { about: (typeof WHY_ABOUT)[number]; rule: string | undefined; method: Methodology; lang: Lang },
): z.input<typeof WhyTold> {
  const reasons = { position: ofPosition, lead: ofLead, win: ofWin, findings: ofFindings }[about]({
    brief,
    rule,
    method,
    lang,
  })
  const most = 25
  return {
    deal: dealNamed({ ...deal, account: brief.deal.account }),
    about,
    asOf: brief.asOf,
    sums: SUMS[about][lang],
    reasons: reasons.slice(0, most),
    ...(reasons.length > most ? { more: reasons.length - most } : {}),
  }
}

const SUMS = {
  position: {
    en: 'Each piece of evidence moves the odds of the leading phase by its effect; all of them together, with the time that passed, give its probability.',
    zh: '每条依据按其效应改变当前阶段的可能性；全部合起来，再加上时间的推移，就是它的概率。',
  },
  lead: {
    en: 'The lead is the mean of two rooms: what the customer will ask (due against ready), and whom one must have met by when.',
    zh: '先手是两个余量的平均：客户将要问的（到期与备好之差），以及必须在哪天之前见到谁。',
  },
  win: {
    en: 'Contributions add up in log-odds to the win number; one that is not known counts as 0.',
    zh: '各项贡献按对数几率相加得到赢率；不知道的按 0 计。',
  },
  findings: {
    en: 'A finding fires when its rule holds; the rules behind it are listed, the weightiest first.',
    zh: '规则成立时给出提醒；以下列出其背后的规则，最重的在前。',
  },
} as const

type Reasons = z.input<typeof WhyTold>['reasons']
interface Asked {
  brief: Brief
  rule: string | undefined
  method: Methodology
  lang: Lang
}
const namesOf = ({ people }: Brief): Map<string, string> =>
  new Map(people.people.map(({ id, name }) => [id, line(name)]))

function ofPosition({ brief, method, lang }: Asked): Reasons {
  const names = namesOf(brief)
  const called = (kind: string, id: string): string =>
    (kind === 'evidence'
      ? method.signals.signals.find((one) => one.id === id)
      : kind === 'milestone'
        ? method.phases.milestones.find((one) => one.id === id)
        : method.phases.phases.find((one) => one.id === id)
    )?.name[lang] ?? line(id)
  return brief.position.reasons
    .toSorted((a, b) => Math.abs(b.effect) - Math.abs(a.effect))
    .map(({ kind, what, on, from, quote, weight, effect }) => ({
      what: called(kind, what),
      on,
      ...said({ from: from && (names.get(from) ?? line(from)), quote: quote && quoted(quote) }),
      weight: share(weight),
      effect: share(effect),
    }))
}

function ofLead({ brief, method, lang }: Asked): Reasons {
  const { lead } = brief
  const concern = (id: string): string => method.concerns.concerns.find((one) => one.id === id)?.name[lang] ?? id
  const days = (n: number | null): string =>
    n === null ? (lang === 'zh' ? '未知' : 'unknown') : lang === 'zh' ? `${n} 天` : `${n} days`
  return [
    {
      what:
        lang === 'zh'
          ? `客户要问的：${days(lead.topics.days)}（${lead.topics.state}）`
          : `What they will ask: ${days(lead.topics.days)} (${lead.topics.state})`,
    },
    {
      what:
        lang === 'zh'
          ? `该见的人：${days(lead.executives.days)}（${lead.executives.state}）`
          : `Whom to meet: ${days(lead.executives.days)} (${lead.executives.state})`,
    },
    ...Object.entries(lead.concerns ?? {}).map(([id, one]) => ({
      what: `${concern(id)}: ${days(one.days)} (${one.state})`,
      ...said({ on: one.crossing }),
    })),
    ...lead.executives.each.map((one) => ({
      what: `${line(one.name)}: ${days(one.days)}`,
      ...said({ on: one.lastGoodDay }),
    })),
    ...lead.startBy.map((one) => ({
      what: `${says(one.name, lang)} → ${says(one.proofName, lang)} (${one.verdict})`,
      on: one.startBy,
    })),
  ]
}

function ofWin({ brief, lang }: Asked): Reasons {
  const { whether } = brief.outlook
  if (!whether)
    throw new Refused({
      en: 'There is no win number of this deal: it is closed, or nothing is known from which one would follow.',
      zh: '这个商机没有赢率：已经关闭，或者没有任何可据以判断的信息。',
    })
  return whether.contributions.map(({ name, contribution, known }) => ({
    what: says(name, lang),
    effect: share(contribution),
    known,
  }))
}

function ofFindings({ brief, rule, lang }: Asked): Reasons {
  const found = brief.findings.filter(
    (one) => rule === undefined || one.rule === rule || one.reasons.some((each) => each.rule === rule),
  )
  if (rule !== undefined && found.length === 0)
    throw new Refused(
      {
        en: `The rule ${line(rule)} does not fire for this deal. These do:`,
        zh: `规则 ${line(rule)} 在这个商机上没有触发。已触发的有：`,
      },
      brief.findings
        .slice(0, 20)
        .map((one) => ({ text: { en: `${one.rule}: ${one.name.en}`, zh: `${one.rule}：${one.name.zh}` } })),
    )
  return found.map((one) => ({
    what: says(one.message, lang),
    ...said({ on: one.by }),
    because: [
      ...one.reasons.slice(0, 6).map((each) => `${each.rule}: ${says(each.message, lang)}`),
      ...one.facts.slice(0, 12).map(({ name, value }) => `${says(name, lang)} = ${line(String(value))}`),
    ],
  }))
}
