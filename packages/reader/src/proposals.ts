import type { PlainDate } from '@sente/engine'
import { daysAhead } from './ahead.ts'
import { noteDays } from './day-of.ts'
import { LATIN, namesIn, NOT_A_NAME } from './names.ts'
import type { Name } from './names.ts'
import { normalise } from './normalise.ts'
import { rivalsIn, rivalsNamed } from './rivals.ts'
import { clausesOf, sentencesOf } from './segments.ts'
import type { Stretch } from './segments.ts'
import type { KnownPerson, KnownRival, Note } from './types.ts'
import type { Mention } from './when.ts'
import { peopleIn } from './who.ts'
import type { PersonMention } from './who.ts'

interface Words {
  /** The words it rests on: half-open range of UTF-16 positions in the note's text, and the words themselves. */
  span: readonly [start: number, end: number]
  quote: string
}
/** How we met: a word for what was done. */
export type Meeting = 'visit' | 'call' | 'meeting' | 'demo' | 'meal' | 'workshop'

/** What a note says besides signals, for the user to take or leave; nothing of it counts until somebody takes it. */
export type Proposal = Words &
  (
    | { kind: 'touch'; on: PlainDate; what: Meeting; with: string[]; names: string[] }
    | { kind: 'person'; name: string; title?: string }
    | { kind: 'rival'; name: string }
    /** A day that the customer told for a step of their process; `guess`: the note itself doubts it. */
    | { kind: 'told'; step: string; on: PlainDate; guess: boolean; from?: string }
    | {
        kind: 'promise'
        by: 'us' | 'them'
        what: string
        promisedOn: PlainDate
        dueOn?: PlainDate
        from?: string
        to?: string
      }
  )

export interface ProposeOptions {
  people?: readonly KnownPerson[]
  rivals?: readonly KnownRival[]
}

/** It has not been, or may not be: denied, planned, asked, heard of others. */
const UNREAL =
  /没有?(?!办法|问题)|未能?|不(?!久|少|错|过)|取消|准备|打算|计划|如果|要是|听说|据说|以前|去年|[?？]|吗|\b(?:not|never|no one|nobody|cancel\w*|postpon\w*|if|unless|would|should|could|might|plan(?:s|ned|ning)?|hop(?:e|ing)|tr(?:y|ied|ying) to|want(?:s|ed)? to|wanted|used to|years? ago|last year|instead of)\b|n't\b/
const TO_COME =
  /下个?(?:周|月|星期|礼拜)|明[天日早晚年]|后天|将|要去|约了|约好|\b(?:will|going to|next|tomorrow|shall)\b|'ll\b/
const GUESS =
  /估计|大概|可能|应该|左右|预计|听说|据说|\b(?:maybe|perhaps|probably|about|around|roughly|might|may be|expects?|hopes?|rumou?r|apparently|guess)\b/

const MEETINGS: readonly [what: Meeting, zh: RegExp, en: RegExp][] = [
  [
    'meal',
    /(?:吃了?(?:个|顿)?(?:午|晚|早)?饭|喝了?(?:个|杯|了会儿)?(?:咖啡|茶|酒)|请.{1,16}吃了?(?:个|顿|了个)?(?:午|晚|早)?饭|聚餐|饭局)/,
    /\b(?:lunch|dinner|breakfast|coffee|tea|drinks|a (?:beer|pint|drink)) with\b/,
  ],
  [
    'call',
    /(?:通了?(?:个|次)?(?:电话|话)|打(?:了|来|去)?(?:个|一个)?电话|来电|去电|电话里|电话会|视频会|开了?(?:个)?视频)/,
    /\b(?:called|rang|phoned|(?:phone |video )?call with|on the phone (?:with|to)|spoke (?:with|to)|zoom with)\b/,
  ],
  [
    'demo',
    /(?:做了?(?:一?次|个|场)?演示|演示了|给.{1,12}演示)/,
    /\b(?:demo(?:ed|nstrated)?(?: for| to| with)|gave .{0,20}demo|presented to|showed)\b/,
  ],
  ['workshop', /(?:研讨会|工作坊|开了?(?:个|一?次)?研讨)/, /\bworkshop with\b/],
  [
    'visit',
    /(?:拜访了?|走访了?|登门|去了?(?:一?趟).{0,10}(?:公司|厂|院|局|行|学校|集团)?见)/,
    /\b(?:visited|dropped in on|went to see)\b/,
  ],
  [
    'meeting',
    /(?:见了|见到了?|出来见的?我|接待了?我们?|带我们?转|(?:今天|昨天|上午|下午|中午|[一二三四五六日]|专程|顺路|去)见(?!面会|到|了|过)|碰了?(?:个|一)?面|面谈了?|会面|约见了?|和.{1,16}(?:开了?(?:个)?会|聊了|谈了|交流了|坐了坐|一起坐)|跟.{1,16}(?:开了?(?:个)?会|聊了|谈了|交流了|喝茶|坐了坐|一起坐)|陪我?们?.{0,8}去?回访|谈判第.轮|与.{1,12}(?:开了?会|聊了|谈了|交流了)|开完会|座谈)/,
    /\b(?:met(?: up)?(?: with)?|saw|meeting with|got (?:hold of )?(?=[a-z])|bumped into|call on|(?:minutes|hours?|half an hour|an hour) (?:this (?:morning|afternoon) )?with|sat down with|sat down with|talked (?:with|to)|caught up with|session with|catch-?up with)\b/,
  ],
]
/** In English somebody of theirs may be who met: only "I", "we" or nobody at the head of the clause is us. */
const OURS_EN =
  /(?:^|[,;:(-]|\b(?:i|we|and|then|just|also|today|yesterday|briefly|finally|i've|we've|(?:me|tom) and)|\b\w+day)\s*(?:(?:have|had|did) )?(?:just |also |finally |briefly |had (?:an? )?(?:\w+ ){0,3}|did (?:an? )?(?:\w+ ){0,2}|an? (?:\w+ ){0,3}|(?:short|long|quick|good|first|second) ){0,2}$/

/** Who met is of another company: a rival's people, "Lumen's CEO". */
const OF_OTHERS =
  /\b(?:competitors?|rivals?|competition)\b|\b[\w-]+'s? (?:\w+ )?(?:ceo|cfo|cto|cio|coo|md|vp|boss|chief|head|president|chair\w*|director|managers?|founder|owner|sales\w*|team|people|guys|reps?|account)\b|对手|竞品|友商|竞争方/

const STEPS: readonly [step: string, pattern: RegExp][] = [
  ['bid-opening', /开标|\bbid opening\b|\bopen(?:s|ing)? (?:of )?the bids\b|\bbids? (?:are|will be|get) opened\b/],
  [
    'bids-due',
    /投标截止|交标|递交(?:投标|标书|文件)?|投标文件.{0,8}(?:交|截)|\b(?:bids?|proposals?|tenders?|offers?|responses?)(?: are| is)? due\b|\bsubmission (?:deadline|date)\b|\bhand in (?:the |our )?(?:bid|offer|proposal)\b/,
  ],
  ['award-publicity', /中标公示|候选人公示/],
  [
    'tender-notice',
    /发标|挂网|招标公告|发招标|\b(?:rfp|tender|itt)\b.{0,30}\b(?:goes out|will go out|comes out|out|issued|published|publish)\b|\b(?:publish|issue)(?:es|ing)?\b.{0,20}\b(?:rfp|tender|itt)\b/,
  ],
  ['evaluation', /评标|评审会|讲标|述标|\bpresent(?:s|ations?)? (?:on|to the panel)/],
  ['shortlist', /入围(?!的|了)|\bshort-?list/],
  [
    'proof-of-concept',
    /(?:poc|试点|测试)(?:开始|启动|在)?|\b(?:poc|proof of concept|pilot) (?:starts?|begins?|runs?|from)\b/,
  ],
  [
    'board-approval',
    /上会|党委会|董事会|总办会|常委会|办公会|\b(?:board|steering committee|steerco|council|cabinet|executive committee)(?: meeting)?(?: meets?| sits?| votes?| decides?| is| on|'s)\b/,
  ],
  ['budget-approval', /预算.{0,6}(?:批|定|下来)|\bbudget\b.{0,24}\b(?:approv\w*|decided|signed off|released)\b/],
  ['project-approval', /立项/],
  ['award', /定标|发中标|\b(?:award|preferred (?:bidder|supplier))\b/],
  ['contract-review', /合同(?:评审|审核|会签|审批)|\b(?:legal|contract) review\b/],
  ['signature', /签(?:合同|约|字|下来)|合同.{0,4}签|\bsign(?:s|ing|ed|ature)?\b/],
  ['kickoff', /启动会|\bkick-?off\b/],
  ['go-live', /上线|切换|\bgo(?:es|ing)?[- ]live\b|\bcut-?over\b/],
  ['acceptance', /验收|\bacceptance (?:test|is|on|by)\b/],
  ['vendor-audit', /考察|\bvendor audit\b|\b(?:site visit|visit) (?:to|at) (?:our|us)\b/],
  ['decision', /拍板|做?决定|定下来|\b(?:decision|decides?|make up their mind)\b/],
]

const PROMISE =
  /(?<!不|没|没有|未|未曾)(?:答应|承诺|保证|说好|同意(?:在|了?给))|\b(?:promis(?:ed|es)|gave (?:his|her|their|me his|me her) word|undertook|commit(?:s|ted) to|agreed to|assured (?:me|us))\b/
/** What we say we shall do, without a word for promising. */
const OUR_SAID =
  /\b(?:i|we) (?:said|told (?:him|her|them)) (?:i|we)(?:'d| would)\b|\b(?:i|we)(?:'ll| will) (?:send|bring|get back|come back|provide|prepare|deliver|ring|let (?:him|her|them|you) know|answer)\b|\bwe'll answer\b|我们?.{0,12}前(?:给|交|出|发|提供|答复)(?!我)|我.{0,10}(?:回您|回复您|发您|发给您|给您答复)/
/** Our part of minutes. */
const OUR_LINE = /(?:^|\n)[^\n]{0,4}(?:我方|我们|我司|us|our side)\s*:\s*$/
const OUR_ACTION = /^(?:will|to) \w+|^(?:答应|承诺|保证|[^,]{0,10}前)/
const NO_PROMISE =
  /没|从未|如果|要是|以前|之前|[?]|\b(?:not|never|no|if|unless|until|before|once|would|(?:is|was|were|been|be) promised)\b|n't\b/
const OUR_WORD =
  /^(?:[,;\s]*(?:and|then|also|所以|于是|当场|最后|现场|已经|也)?\s*)(?:我们?|我方|我司|咱们?|i\b|we\b|i've|we've)/

/**
 * Touches, people and rivals that the deal does not know, days told for a step of the customer, and promises both ways. Found by what
 * people write of these, sentence by sentence; where it may not be so, or it is not clear who, nothing is proposed.
 */
export function propose(note: Note, { people = [], rivals = [] }: ProposeOptions = {}): Proposal[] {
  const text = normalise(note.text)
  const known = peopleIn(text, people, note.text)
  const names = namesIn(text, note.text, known)
  const named = rivalsNamed(text, rivals)
  const { days: past, sections } = noteDays(text, note.on)
  const written = (at: number): PlainDate => sections.findLast(({ start }) => start <= at)?.on ?? note.on
  const ahead = daysAhead(text, note.on)
  const said = (at: Stretch): Words => ({ span: [at.start, at.end], quote: note.text.slice(at.start, at.end) })
  const found: Proposal[] = []
  let opened: PlainDate | undefined
  for (const sentence of sentencesOf(text)) {
    // A day that opens the paragraph holds for it.
    if (sentence.start === 0 || text[sentence.start - 1] === '\n') opened = undefined
    const dayHere = within(past, sentence)[0]
    if (dayHere && dayHere.start <= sentence.start + 3) opened = dayHere.on
    const clauses = clausesOf(text, sentence)
    clauses.forEach((clause, i) => {
      const pair = { start: clause.start, end: clauses[i + 1]?.end ?? clause.end }
      const touch = touchIn(text, clause, sentence, { known, names, written: note.text, rivals: named })
      if (touch)
        found.push({
          kind: 'touch',
          on: (within(past, clause)[0] ?? dayHere)?.on ?? opened ?? written(clause.start),
          ...touch,
          ...said(clause),
        })
      for (const one of toldIn(text, clause, ahead, known)) found.push({ kind: 'told', ...one, ...said(clause) })
      const promise = promiseIn(text, clause, pair, { ahead, known, names, written: note.text })
      if (promise)
        found.push({
          kind: 'promise',
          promisedOn: within(past, clause)[0]?.on ?? dayHere?.on ?? written(clause.start),
          ...promise,
        })
    })
  }
  for (const line of attendance(text)) {
    const [here, others] = [within(known, line), within(names, line)]
    if (here.length + others.length === 0) continue
    found.push({
      kind: 'touch',
      on: written(line.start),
      what: 'meeting',
      with: [...new Set(here.map(({ person }) => person))],
      names: [...new Set(others.map(({ name }) => name))],
      ...said(line),
    })
  }
  const bare = found.flatMap((one) => (one.kind === 'touch' ? one.names : []))
  for (const name of new Set(bare)) {
    const start = note.text.indexOf(name)
    if (names.every((one) => one.name !== name) && start >= 0)
      found.push({ kind: 'person', name, ...said({ start, end: start + name.length }) })
  }
  for (const { name, title, start, end } of names)
    found.push({ kind: 'person', name, ...(title === undefined ? {} : { title }), ...said({ start, end }) })
  for (const { name, start, end } of rivalsIn(text, note.text, rivals, names))
    found.push({ kind: 'rival', name, ...said({ start, end }) })
  return merged(found).sort((a, b) => a.span[0] - b.span[0])
}

const PRESENT =
  /^[\s\-*#>]*(?:参加|参会|与会|出席|到会|对方)(?:人员|单位|领导)?\s*:|^[\s\-*#>]*(?:present|attendees|participants|on the call|their side)\s*:/

/** The lines of minutes that say who was there. */
function attendance(text: string): Stretch[] {
  const lines: Stretch[] = []
  for (let start = 0; start < text.length; start = text.indexOf('\n', start) + 1 || text.length) {
    const end = text.indexOf('\n', start) < 0 ? text.length : text.indexOf('\n', start)
    if (PRESENT.test(text.slice(start, end))) lines.push({ start, end })
  }
  return lines
}

const within = <T extends Stretch>(list: readonly T[], { start, end }: Stretch): T[] =>
  list.filter((one) => one.start >= start && one.end <= end)

interface Who {
  known: readonly PersonMention[]
  names: readonly Name[]
}

/** We met somebody: the clause says so, and with whom. */
function touchIn(
  text: string,
  clause: Stretch,
  sentence: Stretch,
  { known, names, written, rivals }: Who & { written: string; rivals: readonly Stretch[] },
): { what: Meeting; with: string[]; names: string[] } | undefined {
  const words = text.slice(clause.start, clause.end)
  if (UNREAL.test(words) || TO_COME.test(words) || /[?]/.test(text.slice(sentence.start, sentence.end + 1)))
    return undefined
  for (const [what, zh, en] of MEETINGS) {
    const match = zh.exec(words) ?? en.exec(words)
    if (!match) continue
    const latin = /[a-z]/.test(match[0])
    const before = words.slice(0, match.index)
    if (latin && !OURS_EN.test(before)) continue
    if (OF_OTHERS.test(before) || within(rivals, { start: clause.start, end: clause.start + match.index }).length > 0)
      continue
    const after = {
      start: latin ? clause.start + match.index : clause.start,
      end: Math.min(clause.end + 1, text.length),
    }
    const here = within(known, after)
    const others = within(names, after)
    if (latin) others.push(...bareName(written, clause.start + match.index + match[0].length, [...here, ...others]))
    // 张总见了对手, 葛董与岑总谈了: who stands at the head is who met, not whom we met.
    else if (
      [...here, ...others].some(({ start }) => start <= clause.start + 1) &&
      !/来电|打来|找我|见的?我|接待了?我|带我/.test(words)
    )
      continue
    if (here.length + others.length === 0) continue
    return {
      what,
      with: [...new Set(here.map(({ person }) => person))],
      names: [...new Set(others.map(({ name }) => name))],
    }
  }
  return undefined
}

/** Met Hamish, coffee with Pekka: a name without a title, right behind the words. */
function bareName(written: string, at: number, taken: readonly Stretch[]): Name[] {
  const match = BARE.exec(written.slice(at, at + 60))
  if (!match || NOT_A_NAME.test(match[1]!.split(' ')[0]!)) return []
  const start = at + match.index + match[0].length - match[1]!.length
  if (taken.some((one) => one.start < start + match[1]!.length && one.end > start)) return []
  return [{ name: match[1]!, start, end: start + match[1]!.length }]
}
const BARE = new RegExp(`^\\s+(${LATIN}(?: ${LATIN})?)`, 'u')

/** Farther from the words of a step a day is another's. */
const NEAR = 40

function toldIn(
  text: string,
  clause: Stretch,
  ahead: readonly Mention[],
  known: readonly PersonMention[],
): { step: string; on: PlainDate; guess: boolean; from?: string }[] {
  const words = text.slice(clause.start, clause.end)
  const days = within(ahead, clause)
  if (days.length !== 1 || /没|未(?!来)|不(?!会晚|晚|迟)|如果|要是|\b(?:not|never|if|unless)\b|n't\b|[?]/.test(words))
    return []
  const [day] = days as [Mention]
  const [step] = STEPS.map(([id, pattern]) => ({ id, at: pattern.exec(words)?.index ?? -1 }))
    .filter(({ at }) => at >= 0 && Math.abs(clause.start + at - day.start) <= NEAR)
    .sort((a, b) => Math.abs(clause.start + a.at - day.start) - Math.abs(clause.start + b.at - day.start))
  // What is over is no day to come: 3月5日开了标, signed on 5 March.
  if (
    !step ||
    /了(?!解)|过(?!会)|完成|\b(?:had|put|was|were|has been|have been|did|held|signed|opened|went|came|took)\b/.test(
      words,
    )
  )
    return []
  const from = within(known, clause)[0]?.person
  return [{ step: step.id, on: day.on, guess: GUESS.test(words), ...(from === undefined ? {} : { from }) }]
}

function promiseIn(
  text: string,
  clause: Stretch,
  pair: Stretch,
  { ahead, known, names, written }: Who & { ahead: readonly Mention[]; written: string },
): ({ by: 'us' | 'them'; what: string; dueOn?: PlainDate; from?: string; to?: string } & Words) | undefined {
  const words = text.slice(clause.start, clause.end)
  const ourLine = OUR_LINE.test(text.slice(Math.max(0, clause.start - 24), clause.start))
  const ours = OUR_SAID.exec(words) ?? (ourLine ? OUR_ACTION.exec(words) : null)
  const match = PROMISE.exec(words) ?? ours
  if (!match || NO_PROMISE.test(words.replace('promised not to', 'promised to'))) return undefined
  const behind = words.slice(match.index + match[0].length)
  // What was promised stands behind the word, in the same clause or the next.
  const at = behind.trim().length >= 3 || ours ? clause : pair
  if (at.end - (clause.start + match.index + match[0].length) < 4) return undefined
  const before = words.slice(0, match.index)
  const by = ours || ourLine || OUR_WORD.test(words) ? 'us' : 'them'
  const subject = [...within(known, clause), ...within(names, clause)].filter(
    ({ start }) => start < clause.start + match.index,
  )
  if (
    by === 'them' &&
    subject.length === 0 &&
    !/他们?|她们?|客户|对方|甲方|\b(?:he|she|they|the customer|their)\b/.test(before)
  )
    return undefined
  const due = within(ahead, at)[0]?.on
  const theirs = subject.at(-1)
  const to = by === 'us' ? within(known, at)[0]?.person : undefined
  return {
    by,
    what: written.slice(at.start, at.end).trim(),
    ...(due === undefined ? {} : { dueOn: due }),
    ...(by === 'them' && theirs && 'person' in theirs ? { from: theirs.person } : {}),
    ...(to === undefined ? {} : { to }),
    span: [at.start, at.end],
    quote: written.slice(at.start, at.end),
  }
}

/** One touch of a kind and day, one of each name and told day. */
function merged(found: readonly Proposal[]): Proposal[] {
  const kept = new Map<string, Proposal>()
  for (const one of found) {
    const key =
      one.kind === 'touch'
        ? `t${one.on}${one.what}`
        : one.kind === 'told'
          ? `d${one.step}${one.on}`
          : one.kind === 'promise'
            ? `p${one.span[0]}`
            : `${one.kind}${one.name.toLowerCase()}`
    const before = kept.get(key)
    if (before?.kind === 'touch' && one.kind === 'touch')
      kept.set(key, {
        ...before,
        with: [...new Set([...before.with, ...one.with])],
        names: [...new Set([...before.names, ...one.names])],
      })
    else if (!before) kept.set(key, one)
  }
  return [...kept.values()]
}
