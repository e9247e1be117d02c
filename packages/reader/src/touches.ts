import { LATIN, NOT_A_NAME } from './names.ts'
import type { Name } from './names.ts'
import type { Stretch } from './segments.ts'
import type { PersonMention } from './who.ts'

/** How we met: a word for what was done. */
export type Meeting = 'visit' | 'call' | 'meeting' | 'demo' | 'meal' | 'workshop'

/** It has not been, or may not be: denied, planned, asked, heard of others. */
const UNREAL =
  /没有?(?!办法|问题)|未能?|不(?!久|少|错|过)|取消|准备|打算|计划|答应|同意|愿意|肯见|如果|要是|听说|据说|以前|去年|[?？]|吗|\b(?:not|never|no one|nobody|cancel\w*|postpon\w*|if|unless|would|should|could|might|plan(?:s|ned|ning)?|hop(?:e|ing)|tr(?:y|ied|ying) to|want(?:s|ed)? to|wanted|used to|years? ago|last year|instead of)\b|n't\b/
const TO_COME =
  /下个?(?:周|月|星期|礼拜)|明[天日早晚年]|后天|将|要去|约了|约好|\b(?:will|going to|next|tomorrow|shall)\b|'ll\b/

const MEETINGS: readonly [what: Meeting, zh: RegExp, en: RegExp][] = [
  [
    'meal',
    /(?:吃了?(?:个|顿)?(?:午|晚|早)?饭|喝了?(?:个|杯|了会儿)?(?:咖啡|茶|酒)|请.{1,16}吃了?(?:个|顿|了个)?(?:午|晚|早)?饭|聚餐|饭局|吃的饭|饭桌上|约了咖啡|约咖啡)/,
    /\b(?:lunch|dinner|breakfast|coffee|tea|drinks|a (?:beer|pint|drink)) (?:on \w+ )?(?:with|w\/)(?:\b|(?<=\/))/,
  ],
  [
    'call',
    /(?:通了?(?:个|次)?(?:电话|话)|打(?:了|来|去)?(?:个|一个)?电话|来电|去电|电话里|电话会|视频会|开了?(?:个)?视频|打来的?电话|来的电话|call了|^电话(?=.{2,5}(?:,|$))|(?:和|跟|与).{1,8}(?:电话|通话)|电话联系)/,
    /\b(?:called|rang|phoned|(?:phone |video )?call (?:with|w\/)|on the phone (?:with|to)|spoke (?:with|to)|spoke on the phone|zoom with)(?:\b|(?<=\/))/,
  ],
  [
    'demo',
    /(?:做了?(?:一?次|个|场)?演示|演示了|给.{1,12}演示)/,
    /\b(?:demo(?:ed|nstrated)?(?: for| to| with)|gave .{0,20}demo|presented to|showed)\b/,
  ],
  ['workshop', /(?:研讨会|工作坊|开了?(?:个|一?次)?研讨)/, /\bworkshop with\b/],
  [
    'visit',
    /(?:拜访了?|走访了?|登门|去了?(?:一?趟).{0,10}(?:公司|厂|院|局|行|学校|集团)?见|[到从在].{1,8}(?:办公室|处|那里|那儿|那边|那)(?:汇报|谈|出来|坐|,|$)|办公室$|来(?:我们|我)?公司|[到来]公司(?:来)?(?:参观|考察|取)|来(?:参观|考察))/,
    /\b(?:visited|dropped (?:in|by) on|popped in on|stopped by to see|called in on|went to see|just left)\b/,
  ],
  [
    'meeting',
    /(?:见了|见到了?|出来见的?我|接待了?我们?|带我们?转|(?:今天|昨天|上午|下午|中午|[一二三四五六日]|专程|顺路|去)见(?!面会|到|了|过)|碰了?(?:个|一)?面|面谈了?|会面|约见了?|和.{1,16}(?:开了?(?:个)?会|聊了|谈了|交流了|坐了坐|一起坐)|跟.{1,16}(?:开了?(?:个)?会|聊了|谈了|交流了|喝茶|坐了坐|一起坐)|带我(?:们)?(?:转|参观|看)|第一次见(?:我们|面)|见的?了?我们?(?!.{0,4}老板)|跟我吃|一起吃|陪我?们?.{0,8}去?回访|谈判第.轮|与.{1,12}(?:开了?会|聊了|谈了|交流了)|开完会|座谈)/,
    /\b(?:met(?: up)?(?: with)?|saw|meeting (?:held )?with|ran into|bumped into|sat with|discussed with|(?:long |good |quick )?chat with|went (?:round|over|through) [\w ]{1,24} with|got (?:hold of )?(?=[a-z])|bumped into|call on|(?:minutes|hours?|half an hour|an hour) (?:this (?:morning|afternoon) )?with|sat down with|sat down with|talked (?:with|to)|caught up with|session with|catch-?up with|tour (?:\d{1,2}\/\d{1,2} )?w\/|(?:tour|review|debrief) with)(?:\b|(?<=\/)|(?= [a-z]))/,
  ],
]
/** In English somebody of theirs may be who met: only "I", "we" or nobody at the head of the clause is us. */
const OURS_EN =
  /(?:^|[,;:(-]|\b(?:i|we|and|then|just|also|so|okay|when i|as|today|yesterday|briefly|finally|i've|we've|(?:me|tom) and)|\b\w+day)\s*(?:(?:have|had|did) )?(?:just |also |finally |briefly |had (?:an? )?(?:\w+ ){0,3}|did (?:an? )?(?:\w+ ){0,2}|an? (?:\w+ ){0,3}|(?:short|long|quick|good|first|second) ){0,2}$/

/** Who met is of another company: a rival's people, "Lumen's CEO". */
const OF_OTHERS =
  /\b(?:competitors?|rivals?|competition)\b|\b[\w-]+'s? (?:\w+ )?(?:ceo|cfo|cto|cio|coo|md|vp|boss|chief|head|president|chair\w*|director|managers?|founder|owner|sales\w*|team|people|guys|reps?|account)\b|对手|竞品|友商|竞争方/

/** A meeting by its name: whoever had it, we are in it, where nobody else is named before. */
const BY_NAME =
  /^(?:lunch|dinner|breakfast|coffee|tea|drinks|a (?:beer|pint|drink)|(?:phone |video )?call|session|catch-?up|(?:long |good |quick )?chat|meeting|tour|review|debrief|discussed)\b/
const OTHERS_HAD = /\b(?:he|she|they|who|competitors?|rivals?)\b/
/** Behind a name: they came to us, rang us or received us. */
const CAME: readonly [what: Meeting, zh: RegExp, en: RegExp][] = [
  [
    'call',
    /^.{0,8}?(?:来电|打(?:了|来|过)?(?:个|了个)?电话(?:来|给我|过来)?|打来电话|来的?电话)/,
    /^(?: (?:has|had|just|also|then))? (?:(?:called|rang|phoned)(?= (?:in|at|back|me|us|again|and|to say|yesterday|today|about|on|this)|[,.:;]|$))/,
  ],
  [
    'visit',
    /^.{0,10}?(?:来(?:我们|我)?公司|到(?:我们)?公司(?:来)?(?:参观|考察))/,
    /^(?:'s \w+)?(?: (?:and [\w. ]{2,24}|just|also))? (?:came (?:by|over|round|in to see (?:me|us)|to (?:our|the) office)|visited us|dropped by)\b/,
  ],
  [
    'meal',
    /^.{0,6}?请(?:我|我们)吃/,
    /^ (?:told me over (?:lunch|dinner|coffee)|bought me lunch|took (?:me|us) (?:out )?(?:to|for) (?:lunch|dinner))\b/,
  ],
  [
    'meeting',
    /^.{0,8}?(?:带我们?(?:转|参观|看)|第一次见我们|接待了?我|跟我(?:见|聊|谈|吃饭|坐)|约了?我)/,
    /^(?:'s \w+)? (?:walked (?:me|us)|showed (?:me|us)|received us|met (?:me|us)\b|sat down with (?:me|us)|gave (?:me|us) (?:\w+ )?(?:minutes|half an hour|an hour)|pulled (?:me|us) aside|joined (?:us|the call|by phone))\b/,
  ],
]

/** Somebody of theirs rang, came or received us: right behind the name, at the head of the clause. */
function cameIn(
  words: string,
  clause: Stretch,
  who: readonly (PersonMention | Name)[],
): { what: Meeting; one: PersonMention | Name } | undefined {
  for (const one of who) {
    const lead = words.slice(0, one.start - clause.start)
    if (one.start < clause.start || /\b(?:he|she|they|who|competitors?|rivals?)\b|对手|友商|跟|给|和|与/.test(lead))
      continue
    const behind = words.slice(one.end - clause.start)
    for (const [what, zh, en] of CAME) if (zh.test(behind) || en.test(behind)) return { what, one }
  }
  return undefined
}

/** A line of a log of calls: a day, a name, and what they said. */
const LOGGED =
  /(?:^|\n)[ \-*•]*(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ?)?(?:\d{1,2}[ /.-](?:[a-z]{3,9}|\d{1,2})|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?,? ?[-:] ?$/
const NOT_REACHED = /voicemail|no (?:reply|answer)|e-?mail|mailed|texted|wrote|sent|letter|未接|没接/

/** Somebody in a line of a log, with a day before and a mark behind. */
function loggedIn(
  text: string,
  sentence: Stretch,
  clause: Stretch,
  who: readonly (PersonMention | Name)[],
): PersonMention | Name | undefined {
  const line = text.lastIndexOf('\n', clause.start) + 1
  const one = who.find(({ start }) => start >= line && start >= clause.start && start <= clause.end)
  if (!one || one.start - line < 4) return undefined
  const lead = text.slice(Math.max(0, line - 1), one.start)
  if (
    !LOGGED.test(lead) ||
    !/\d|\w{3}/.test(lead) ||
    !/^(?: again| back)?(?:[:,.]| -)/.test(text.slice(one.end, one.end + 8))
  )
    return undefined
  return NOT_REACHED.test(text.slice(line, sentence.end)) ? undefined : one
}

export const within = <T extends Stretch>(list: readonly T[], { start, end }: Stretch): T[] =>
  list.filter((one) => one.start >= start && one.end <= end)

export interface Who {
  known: readonly PersonMention[]
  names: readonly Name[]
}

/** We met somebody: the clause says so, and with whom. */
export function touchIn(
  text: string,
  clause: Stretch,
  sentence: Stretch,
  { known, names, written, rivals }: Who & { written: string; rivals: readonly Stretch[] },
): { what: Meeting; with: string[]; names: string[] } | undefined {
  const words = text.slice(clause.start, clause.end)
  if (UNREAL.test(words) || TO_COME.test(words) || /[?]/.test(text.slice(sentence.start, sentence.end + 1)))
    return undefined
  const all = [...known, ...names].sort((a, b) => a.start - b.start)
  const came = cameIn(words, clause, within(all, clause))
  if (came && !within(rivals, clause).length) return withThem(came.what, [came.one])
  for (const [what, zh, en] of MEETINGS) {
    const chinese = zh.exec(words)
    const match = chinese ?? en.exec(words)
    if (!match) continue
    const before = words.slice(0, match.index)
    const at = clause.start + match.index
    if (OF_OTHERS.test(before) || within(rivals, { start: clause.start, end: at }).length > 0) continue
    const lead = within(all, { start: clause.start, end: at })
    if (!chinese && !OURS_EN.test(before) && !(BY_NAME.test(match[0]) && lead.length === 0 && !OTHERS_HAD.test(before)))
      continue
    const after = { start: chinese ? clause.start : at, end: Math.min(clause.end + 1, text.length) }
    const here = within(all, after)
    if (!chinese) here.push(...bareName(written, at + match[0].length, here))
    // 张总见了对手, 葛董与岑总谈了: who stands at the head is who met, not whom we met.
    else if (here.some(({ start }) => start <= clause.start + 1) && !BY_THEM.test(words)) continue
    if (here.length > 0) return withThem(what, here)
  }
  const logged = loggedIn(text, sentence, clause, all)
  return logged && withThem('call', [logged])
}
/** Who stands at the head came to us or rang us. */
const BY_THEM =
  /来电|打来|打电话来|来的?电话|找我|见的?我|接待了?我|带我|请(?:我|我们)|约了?我|来(?:我们|我)?公司|到(?:我们)?公司|跟我/

function withThem(
  what: Meeting,
  who: readonly (PersonMention | Name)[],
): { what: Meeting; with: string[]; names: string[] } {
  return {
    what,
    with: [...new Set(who.flatMap((one) => ('person' in one ? [one.person] : [])))],
    names: [...new Set(who.flatMap((one) => ('name' in one ? [one.name] : [])))],
  }
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
