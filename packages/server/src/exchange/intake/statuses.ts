import { simplifiedText } from '@sente/reader'
import type { StageMeaning } from './stages.ts'

export type DealStatus = 'open' | 'won' | 'lost' | 'no-decision'

/** `closed`: it has ended, and the word does not say how; `in force`: the record counts, which says nothing of an end. */
export type SaidStatus = DealStatus | 'closed' | 'in force'

/** What a column of statuses says of a deal; undefined when no whole word is known. */
export function dealStatus(text: string): SaidStatus | undefined {
  const value = simplifiedText(text.normalize('NFKC')).trim().toLowerCase()
  if (/^(?:open|in progress|new|ongoing|进行中|跟进中|打开|未结束|开放|在跟|推进中|0)$/.test(value)) return 'open'
  if (/^(?:active|activated|正常|有效|激活|已激活|生效|已生效)$/.test(value)) return 'in force'
  if (/^(?:closed|ended|finished|completed|已?结单|已?关闭|已?结束|已?结案|已完成)$/.test(value)) return 'closed'
  if (/^on.?hold$|^(?:暂停|暂缓|挂起)$/.test(value)) return 'open'
  if (/no.?decision|无决[定策]|搁置/.test(value)) return 'no-decision'
  if (/\bnot won\b|未(?:中标|成交|赢)|不成交/.test(value)) return 'lost'
  if (
    /\blost\b|^out.?sold$|^cancell?ed$|^abandoned$|^disqualified$|输|丢|失败|作废|无效|终止|取消|\bverloren\b|\bperdu/.test(
      value,
    )
  )
    return 'lost'
  if (
    /(?<!\bto be )\bwon\b(?!['’]t)|赢单|赢|成交|中标|已签|\bgewonnen\b|\bgagné/.test(value) &&
    !/候选|预|拟|待|verbal|口头/.test(value)
  )
    return 'won'
  return undefined
}

/** What became of an activity. `planned`: it has not taken place. */
export type ActivityStatus = 'done' | 'failed' | 'cancelled' | 'planned'

export function activityStatus(text: string): ActivityStatus | undefined {
  const value = simplifiedText(text.normalize('NFKC')).trim().toLowerCase()
  if (/cancel|no.?show|^declined$|abgesagt|annul|取消|爽约|作废/.test(value)) return 'cancelled'
  if (/^fail|失败/.test(value)) return 'failed'
  if (
    /not.?started|not.?held|not.?done|not.?completed|deferred|waiting|in.?progress|planned|scheduled|open|pending|overdue|^today$|to.?do|upcoming|draft|tentative|requested|未(?:开始|完成|执行|进行|召开|拜访)|计划|待|进行中|推迟|延期|已安排|草稿|geplant|offen|prévu|planifi/.test(
      value,
    )
  )
    return 'planned'
  if (
    /complet|^held$|^done$|closed|finish|^sent$|received|^logged$|success|connected|^yes$|^true$|^1$|^0$|已(?:完成|结束|拜访|执行|沟通|发送)|完成|结束|erledigt|abgeschlossen|termin[ée]|effectué|confirmed|left (?:voicemail|message)|busy|no answer|wrong number/.test(
      value,
    )
  )
    return 'done'
  return undefined
}

const DEAL_WORDS: ReadonlySet<string> = new Set(['open', 'won', 'lost', 'no-decision'])
const ACTIVITY_WORDS: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'planned'])
/** What a status of theirs may be said to mean. */
export const STATUS_MEANINGS: ReadonlySet<string> = new Set([...DEAL_WORDS, ...ACTIVITY_WORDS])

/** How statuses are read where somebody said what some of theirs mean. */
export interface StatusWords {
  deal: (text: string) => SaidStatus | undefined
  activity: (text: string) => ActivityStatus | undefined
}

export function statusWords(said: Readonly<Record<string, string>> = {}): StatusWords {
  const known = new Map(Object.entries(said).map(([status, means]) => [status.trim(), means]))
  if (known.size === 0) return { deal: dealStatus, activity: activityStatus }
  const told = (text: string, words: ReadonlySet<string>): string | undefined => {
    const means = known.get(text.trim())
    return means !== undefined && words.has(means) ? means : undefined
  }
  return {
    deal: (text) => (told(text, DEAL_WORDS) as DealStatus | undefined) ?? dealStatus(text),
    activity: (text) => (told(text, ACTIVITY_WORDS) as ActivityStatus | undefined) ?? activityStatus(text),
  }
}

export interface OutcomeWords {
  status?: SaidStatus | undefined
  stage?: StageMeaning | undefined
  won?: boolean | undefined
  closed?: boolean | undefined
  /** Odoo: a lead that was lost is archived. */
  active?: boolean | undefined
  lostReason?: boolean | undefined
  probability?: number | undefined
  wonOn?: boolean | undefined
  lostOn?: boolean | undefined
}

/** What flags and days say, the plainest first: won, closed, archived, the day of an end. `ended`: how the stage says it ended. */
function flaggedAs(words: OutcomeWords, ended: DealStatus | undefined): DealStatus | undefined {
  const { won, closed, active, lostReason, probability, wonOn, lostOn } = words
  if (won === true) return 'won'
  if (closed === true && won === false) return ended === 'no-decision' ? 'no-decision' : 'lost'
  // A deal that has ended, of which only the chance says how.
  if (closed === true) return ended ?? (probability === 1 ? 'won' : probability === 0 ? 'lost' : undefined)
  if (closed === false) return 'open'
  if (active === false && (lostReason || probability === 0)) return 'lost'
  if (wonOn === true && lostOn !== true) return 'won'
  return lostOn === true && wonOn !== true ? 'lost' : undefined
}

/** How a deal stands by all columns that say something of it together; `conflict`: two of them disagree, the stronger one counts. */
export function outcomeOf(given: OutcomeWords): { status: DealStatus | undefined; conflict?: string } {
  if (given.status === 'in force') {
    const found = together({ ...given, status: undefined })
    return { ...found, status: found.status ?? 'open' }
  }
  if (given.status === 'closed') return together({ ...given, status: undefined, closed: given.closed ?? true })
  return together(given as Words)
}

type Words = OutcomeWords & { status?: DealStatus | undefined }

function together(words: Words): { status: DealStatus | undefined; conflict?: string } {
  const ended =
    words.stage === 'won' || words.stage === 'lost' || words.stage === 'no-decision' ? words.stage : undefined
  const flagged = flaggedAs(words, ended)
  const said = words.status ?? flagged ?? ended
  if (words.status !== undefined && flagged !== undefined && flagged !== words.status)
    return { status: words.status, conflict: 'status-flags' }
  if (words.status === 'open' && ended !== undefined) return { status: 'open', conflict: 'status-stage' }
  if (words.status === undefined && flagged !== undefined && ended !== undefined && flagged !== ended)
    return { status: flagged, conflict: 'flags-stage' }
  if (said === undefined && words.closed === true) return { status: undefined, conflict: 'closed' }
  if (said === undefined && words.active === false) return { status: undefined, conflict: 'archived' }
  if (
    (said === undefined || said === 'open') &&
    words.lostReason &&
    words.active === undefined &&
    words.status === undefined
  )
    return { status: said, conflict: 'lost-reason' }
  return { status: said }
}
