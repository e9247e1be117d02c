import type { Far, Lack, Lang, PhaseId, ReviewChange, ReviewedDeal, ReviewLine, Voice, Week } from '@sente/engine'
import { days, money, percent, shortDate } from '../format.ts'
import { leadWords } from '../lead-words.ts'
import type { MethodNames } from '../options.ts'
import { WORDS } from '../words.ts'

/** Words of the pipeline review, the same on paper, on a terminal and on the screen. */
const en = {
  title: 'Pipeline review',
  asOf: (day: string) => `as of ${day}`,
  since: (day: string) => `compared with ${day}`,
  lossHead: 'Preventable this week',
  upTo: (sum: string) => `up to ${sum}`,
  groupLoss: (currency: string) => `In ${currency}, by what can still be prevented this week`,
  groupNoAmount: 'Amount not known: by what a week costs in win',
  groupNoDrop: (currency: string | null) =>
    `What a week costs is not known${currency === null ? ', nor the amount' : `: by amount in ${currency}`}`,
  gone: 'Closed since',
  sellers: 'By seller',
  nobody: 'nobody named',
  deal: 'Deal',
  owner: 'Seller',
  amount: 'Amount',
  phase: 'Phase',
  lead: 'Lead',
  changed: 'Changed',
  unchanged: 'nothing changed',
  notCompared: 'not known what it was',
  numbers: 'Chance to win',
  voices: { seller: 'seller', manager: 'manager', sente: 'Sente', base: 'base rate' },
  far: (high: string, low: string, points: number) => `${high} is ${points} points above ${low}`,
  notKnown: 'not known',
  acts: 'To begin this week',
  noActs: 'nothing has to begin this week',
  moreActs: (n: number) => `and ${n} more`,
  /** `start` null: today. */
  begin: (what: string, who: string, start: string | null) =>
    `${what}${who && ` with ${who}`}: begin ${start === null ? 'today' : `by ${start}`}`,
  closing: (says: string) => `${says} (a week later is too late)`,
  dropOf: (drop: string, gain: string) =>
    `done in time, win rises by up to ${gain} points; a week later ${drop} of them are gone`,
  points: (share: number) => (share > 0 && share < 0.001 ? '<0.1' : String(Math.round(share * 1000) / 10)),
  meeting: (day: string, what: string) => `next meeting ${day}: ${what}`,
  lacks: {
    meeting: 'no next meeting',
    'decider-unmet': 'nobody who decides was met',
    'decider-unknown': 'not known who decides, or whether met',
    single: 'at most one person met in 90 days',
  },
  deals: (n: number) => `${n} ${n === 1 ? 'deal' : 'deals'}`,
  unknownLoss: (n: number) => `not known of ${n}`,
  baseOf: (n: number) => (n === 0 ? 'an estimate of the method' : `of ${n} closed deals`),
  claim: (stage: string, theirs: string) => `the CRM says ${stage}, the customer is at ${theirs}`,
  noDeals: 'No open deals',
  change: {
    new: 'new',
    closed: { won: 'won', lost: 'lost', 'no-decision': 'ended without decision' },
    reopened: 'open again',
    phase: (from: string, to: string) => `phase ${from} → ${to}`,
    lead: (from: string, to: string) => `${from} → ${to}`,
    win: (from: string, to: string) => `win ${from} → ${to}`,
    seller: (from: string, to: string) => `seller says ${from} → ${to}`,
    amount: (from: string, to: string) => `amount ${from} → ${to}`,
    toldNew: (step: string, to: string) => `${step} told for ${to}`,
    toldGone: (step: string, from: string) => `${step} (${from}) reached or no longer told`,
    slipped: (step: string, from: string, to: string, by: string) => `${step} slipped ${by}: ${from} → ${to}`,
    earlier: (step: string, from: string, to: string) => `${step} earlier: ${from} → ${to}`,
    finding: { new: (name: string) => `new: ${name}`, answered: (name: string) => `answered: ${name}` },
  },
  picture: {
    title: 'Where each deal stands, and where it stood',
    says: (since: string, asOf: string) => `hollow: ${since}, filled: ${asOf}`,
    position: 'Customer’s process',
    lead: 'Lead in days',
    none: 'not known',
    more: (n: number) => `${n} more in the table`,
  },
  print: 'A sheet for the meeting; decisions by hand:',
  comma: ', ',
  colon: ': ',
}
export type ReviewWords = typeof en

const zh: ReviewWords = {
  title: '商机例会',
  asOf: (day) => `截至 ${day}`,
  since: (day) => `对比 ${day}`,
  lossHead: '本周还能挽回',
  upTo: (amount) => `最多 ${amount}`,
  groupLoss: (currency) => `${currency}：按本周还能挽回的金额排序`,
  groupNoAmount: '金额未知：按晚一周损失的赢率排序',
  groupNoDrop: (currency) =>
    currency === null ? '晚一周损失多少未知，金额也未知' : `晚一周损失多少未知：按金额排序（${currency}）`,
  gone: '期间关闭',
  sellers: '按销售',
  nobody: '未写负责人',
  deal: '商机',
  owner: '销售',
  amount: '金额',
  phase: '采购阶段',
  lead: '先手',
  changed: '变化',
  unchanged: '没有变化',
  notCompared: '当时情况未知',
  numbers: '赢率',
  voices: { seller: '销售', manager: '经理', sente: 'Sente', base: '基准赢率' },
  far: (high, low, points) => `${high}比${low === 'Sente' ? ' Sente ' : low}高 ${points} 个百分点`,
  notKnown: '未知',
  acts: '本周该启动',
  noActs: '本周没有必须启动的事',
  moreActs: (n) => `另有 ${n} 件`,
  begin: (what, who, start) => `${what}${who && `（${who}）`}：${start === null ? '今天启动' : `最迟 ${start} 启动`}`,
  closing: (says) => `${says}（晚一周就来不及）`,
  dropOf: (drop, gain) => `都按时办成，赢率最多加 ${gain} 个百分点；晚一周，其中 ${drop} 个就没了`,
  points: en.points,
  meeting: (day, what) => `下次会面 ${day}：${what}`,
  lacks: {
    meeting: '没有约好下次会面',
    'decider-unmet': '没有见过决策人',
    'decider-unknown': '谁决策、见没见过，未知',
    single: '90 天内最多见过一个人',
  },
  deals: (n) => `${n} 个商机`,
  unknownLoss: (n) => `${n} 个未知`,
  baseOf: (n) => (n === 0 ? '方法的估计' : `来自 ${n} 个已关闭商机`),
  claim: (stage, theirs) => `CRM 说在“${stage}”，客户在“${theirs}”`,
  noDeals: '没有进行中的商机',
  change: {
    new: '新增',
    closed: { won: '赢单', lost: '丢单', 'no-decision': '未决' },
    reopened: '重新打开',
    phase: (from, to) => `阶段 ${from} → ${to}`,
    lead: (from, to) => `${from} → ${to}`,
    win: (from, to) => `赢率 ${from} → ${to}`,
    seller: (from, to) => `销售自估 ${from} → ${to}`,
    amount: (from, to) => `金额 ${from} → ${to}`,
    toldNew: (step, to) => `${step}：说定 ${to}`,
    toldGone: (step, from) => `${step}（${from}）：已完成或不再提`,
    slipped: (step, from, to, by) => `${step}推迟 ${by}：${from} → ${to}`,
    earlier: (step, from, to) => `${step}提前：${from} → ${to}`,
    finding: { new: (name) => `新提醒：${name}`, answered: (name) => `已解除：${name}` },
  },
  picture: {
    title: '每个商机现在在哪里，当时在哪里',
    says: (since, asOf) => `空心：${since}，实心：${asOf}`,
    position: '客户的采购过程',
    lead: '先手（天）',
    none: '未知',
    more: (n) => `另有 ${n} 个见表格`,
  },
  print: '会议用纸；决定写在这里：',
  comma: '、',
  colon: '：',
}

export const REVIEW_WORDS: Record<Lang, ReviewWords> = { en, zh }

export interface ReviewNames {
  lang: Lang
  asOf: string
  phases: MethodNames['phases']
}

const phaseName = (phase: PhaseId | null, { lang, phases }: ReviewNames): string =>
  phases.phases.find(({ id }) => id === phase)?.short[lang] ?? REVIEW_WORDS[lang].notKnown

/** The lead in the words of the list and the brief, `26 days behind` · `落后 26 天`; other words stand beside it, so what is not known says of what. */
export function leadSaid({ state, days: n }: ReviewLine['lead'], lang: Lang): string {
  const w = REVIEW_WORDS[lang]
  if (state === 'unknown') return `${w.lead}${lang === 'zh' ? '' : ' '}${w.notKnown}`
  return leadWords({ state, days: n, low: null, high: null }, WORDS[lang])
}

const share = (value: number | null, lang: Lang): string =>
  value === null ? REVIEW_WORDS[lang].notKnown : percent(value)

/** One change in words. */
export function changeWords(change: ReviewChange, names: ReviewNames): string {
  const { lang } = names
  const w = REVIEW_WORDS[lang]
  const { change: c } = w
  const day = (on: string): string => shortDate(on, lang, names.asOf)
  switch (change.kind) {
    case 'new':
      return c.new
    case 'reopened':
      return c.reopened
    case 'closed':
      return c.closed[change.to]
    case 'phase':
      return c.phase(phaseName(change.from, names), phaseName(change.to, names))
    case 'lead':
      return c.lead(leadSaid(change.from, lang), leadSaid(change.to, lang))
    case 'win':
    case 'seller':
      return c[change.kind](share(change.from, lang), share(change.to, lang))
    case 'amount':
      return c.amount(amountWords(change.from, lang), amountWords(change.to, lang))
    case 'told':
      return toldWords(change, names, day)
    case 'finding':
      return c.finding[change.is](change.name[lang])
  }
}

function toldWords(
  { name, from, to, slips }: ReviewChange & { kind: 'told' },
  { lang }: ReviewNames,
  day: (on: string) => string,
): string {
  const { change } = REVIEW_WORDS[lang]
  if (from === null) return change.toldNew(name[lang], day(to!))
  if (to === null) return change.toldGone(name[lang], day(from))
  return slips! > 0
    ? change.slipped(name[lang], day(from), day(to), days(slips!, lang))
    : change.earlier(name[lang], day(from), day(to))
}

export const amountWords = (amount: ReviewLine['amount'], lang: Lang): string =>
  amount === null ? REVIEW_WORDS[lang].notKnown : money(amount, lang)

/** A loss to two digits that mean something: more would pretend to know. */
export function lossWords(loss: number | null, currency: string | null, lang: Lang): string {
  const w = REVIEW_WORDS[lang]
  if (loss === null || currency === null) return w.notKnown
  if (loss < 0.5) return money({ value: '0', currency }, lang)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(loss)) - 1)
  return w.upTo(money({ value: String(Math.round(loss / unit) * unit), currency }, lang))
}

/** What each says, side by side; Sente with its 80 % band. */
export function voiceWords({ voices, line: { win } }: Pick<ReviewedDeal, 'voices' | 'line'>, lang: Lang): string {
  const w = REVIEW_WORDS[lang]
  const order: readonly Voice[] = ['seller', 'manager', 'sente', 'base']
  return order
    .filter((voice) => voice !== 'manager' || voices.manager !== undefined)
    .map((voice) => {
      const band = voice === 'sente' && win ? `${percent(win.low)}–${percent(win.high)}` : null
      const says = `${w.voices[voice]} ${share(voices[voice] ?? null, lang)}`
      return band === null ? says : lang === 'zh' ? `${says}（${band}）` : `${says} (${band})`
    })
    .join(' · ')
}

export function farWords({ high, low, by }: Far, lang: Lang): string {
  const w = REVIEW_WORDS[lang]
  return w.far(w.voices[high], w.voices[low], Math.round(by * 100))
}

export const lackWords = (lack: Lack, lang: Lang): string => REVIEW_WORDS[lang].lacks[lack]

/** What a CRM's stage says where it is two phases or more from where the customer is; null: it fits, or one of them is not known. */
export function claimWords({ claim, phase }: ReviewLine, names: ReviewNames): string | null {
  if (!claim || phase === null) return null
  const at = (id: PhaseId): number => names.phases.phases.findIndex((one) => one.id === id)
  if (Math.abs(at(claim.phase) - at(phase)) < 2) return null
  return REVIEW_WORDS[names.lang].claim(claim.label ?? phaseName(claim.phase, names), phaseName(phase, names))
}

/** So many acts are said of a deal in a list of deals. */
const FEW_ACTS = 4

/**
 * What to begin this week, a line each, the sum of what a delay costs first: those for which a week later is too late, then by day, at most
 * `most` and how many more there are.
 */
export function weekWords(week: Week | null, lang: Lang, asOf: string, most = FEW_ACTS): string[] {
  const w = REVIEW_WORDS[lang]
  if (week === null) return [w.notKnown]
  if (week.acts.length === 0) return [w.noActs]
  const acts = week.acts.toSorted((a, b) => Number(b.closes) - Number(a.closes))
  return [
    w.dropOf(w.points(week.drop), w.points(week.gain)),
    ...acts.slice(0, most).map(({ what, with: people, start, closes }) => {
      const begin = start <= asOf ? null : shortDate(start, lang, asOf)
      const says = w.begin(what[lang], people.join(w.comma), begin)
      return closes ? w.closing(says) : says
    }),
    ...(acts.length > most ? [w.moreActs(acts.length - most)] : []),
  ]
}
