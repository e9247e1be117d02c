import { closed } from './quotes.ts'
import { contextOf } from './segments.ts'
import type { Stretch } from './segments.ts'
import { voiceAt, voicesIn } from './voices.ts'
import type { Voice } from './voices.ts'
import type { PersonMention } from './who.ts'

/** What an organisation does, or what happens to it: of who is named before it or speaks of it, not of who stands beside it. */
const NOBODYS: ReadonlySet<string> = new Set(
  (
    'incident_triggered budget_approved project_approved budget_cut_or_frozen budget_carried_over project_paused shortlisted not_shortlisted ' +
    'formal_demo_requested no_inside_support scoring_done rival_first_ranked tender_rerun decision_maker_replaced pilot_passed pilot_failed ' +
    'our_promise_kept trust_broken_event contract_signed payment_received training_scheduled top_not_met meeting_cancelled decision_delayed ' +
    'more_departments_join criteria_keep_changing solution_workshop peer_exec_exchange rfi_issued rfp_issued expert_review_panel ' +
    'reference_site_visit reference_visited reference_call_made general_contractor_chosen consultant_hired framework_purchasing award_notice ' +
    'incumbent_entrenched incumbent_contract_expiring bid_experts_drawn gone_live acceptance_test acceptance_signed low_usage ma_or_reorg ' +
    'approval_moved_up bid_protest price_weight_raised audit_enters collective_decision legal_redlines vendor_onboarding ' +
    'excited_first_meeting payment_terms_discussed remote_top_leader old_issue_reopened'
  ).split(' '),
)

const PRONOUN = /他(?!们)|她(?!们)|\b(?:he|she|his|her|him|he'd|she'd|he's|she's)\b/
const HE = /\b(?:he|his|him)\b/
const SHE = /\b(?:she|her)\b/

/** Before a name: something is done to or with them, or they are only where it happens. */
const OBJECT =
  /(?:给|跟|向|和|与|对|找|见了?|请了?|约了?|陪|答应|告诉|回|问|催|送|等|抄送|收件人:|通过|(?<!转)达|当着)\s*$|\b(?:to|with|from|for|told|asked|rang|called|phoned|met|saw|gave|of|thank|thanks|dear|hi|hello|about|without|than|by|cc:?|to:)\s+(?:(?:the|their|old|our|new|his|her|mr|mrs|ms|dr)\.?\s+){0,2}$/

/** How many mentions back somebody is still spoken of. */
const BACK = 1500

/** At the head of a mail: whom it is written to. */
const GREETING = /^\s*(?:dear|hi|hello|good (?:morning|afternoon))?[ ,]*$/
const TO_YOU = /您|\b(?:you|your)\b/

/** What a mention is in its sentence. */
interface Roles {
  isObject: (one: PersonMention) => boolean
  /** Somebody does something to them, or they only own what is spoken of. */
  isPassive: (one: PersonMention) => boolean
  /** They say or ask something themselves. */
  speaks: (one: PersonMention) => boolean
  tells: (one: PersonMention) => boolean
}
const PASSIVE =
  /^(?:已经|刚)?被|^(?:'s| has| had| have)? (?:been|being)\b|^ (?:was|is|got|gets) (?:told|made|given|moved|replaced|sent|promoted|asked|named)\b/
const ADVERBS = '(?: (?:also|then|just|had|has|later|again|now|still|already|only|once|twice|,))*'
const SAYS_EN =
  'says?|said|told|tells|mention(?:ed|s)|let slip|reckon(?:s|ed)|explained|report(?:s|ed)|noted|admit(?:s|ted)|confirm(?:s|ed)|warned|adds|added|wrote|writes|texted|e-?mail(?:s|ed)|mail(?:s|ed)|confided|hint(?:s|ed)|claim(?:s|ed)|informed|intimated|clarified|opin(?:ed|es)|goes|went on|opened by saying|pulled (?:me|us) aside|thinks|thought|feels|felt|believes'
const ASKS_EN =
  "(?:'s|is|was|keeps|kept)? ?(?:ask(?:s|ed|ing)?|wants?|wanted|wanting|needs?|needed|demand(?:s|ed|ing)?|insist(?:s|ed|ing)?|quer(?:ied|ies|ying)|enquired|raised|request(?:s|ed|ing)?|would (?:like|want)|'d (?:like|want)|wonder(?:s|ed|ing)?|grilled|pushed|worries|worried)"
const ADVERBS_ZH =
  '(?:跟我|对我|和我|给我|同我|悄悄|私下|当面|当场|又|还|也|先|就|都|才|后来|今天|昨天|昨晚|今早|刚才|刚|直接|微信里?|电话里?|饭桌上|会上|倒|主动|自己|本人|最后|随后|顺便|一直|再次|明确|在(?:会上|电话里|微信里|内部会上))'
const SAYS_ZH =
  '说|讲|透露|透了|告诉|提到|提了|反映|补充|通报|表示|介绍|强调|指出|抱怨|认为|证实|转述|来电|觉得|回复|提醒|宣布|诉苦'
const ASKS_ZH = '问|追问|提出|要求|要(?!是|不|走|退|调|离|来|去|换)|让(?!.{0,3}来)|想|希望|关心|担心|怕|催|坚持|点名'
/** Behind a name: they tell of somebody or something. */
const TELLS = new RegExp(
  `^(?: ?\\([^)]*\\))?(?:,? who)?,?${ADVERBS} (?:${SAYS_EN})\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH})`,
)
const SPEAKS = new RegExp(
  `^(?: ?\\([^)]*\\))?(?:,? who)?,?${ADVERBS} ?(?:${SAYS_EN}|${ASKS_EN})\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH}|${ASKS_ZH})`,
)
/** The same of a pronoun, before or behind what is told. */
const PRONOUN_TELLS = new RegExp(
  `(?:\\b(?:he|she)${ADVERBS} (?:${SAYS_EN})\\b|[他她](?!们)${ADVERBS_ZH}{0,4}(?:${SAYS_ZH}))`,
)
/** Before a name: what is told comes from them. */
const SOURCE =
  /(?:\bper|\baccording to|听|据|\bheard (?:it |that )?from|\bsays|\bsaid)\s+(?:(?:mr|mrs|ms|dr)\.? )?$|(?:听|据)$/

const rolesIn = (text: string): Roles => ({
  // "To Tom, who asked for names": done to, and doing.
  isObject: ({ start, end }) =>
    OBJECT.test(text.slice(Math.max(0, start - 24), start)) && !/^,? who\b/.test(text.slice(end, end + 6)),
  isPassive: ({ start, end }) =>
    PASSIVE.test(text.slice(end, end + 24)) ||
    (text.slice(start, end).endsWith("'s") &&
      /^ (?!(?:also |just |now |still |still not )?(?:\w+ing|happy|nervous|worried|keen|been through|all|sold|fine|ok|good|asked|told)\b)/.test(
        text.slice(end, end + 20),
      )),
  speaks: ({ end }) => SPEAKS.test(text.slice(end, end + 40)),
  tells: ({ start, end }) =>
    TELLS.test(text.slice(end, end + 40)) || SOURCE.test(text.slice(Math.max(0, start - 20), start)),
})

/**
 * Whose a fact is. In its sentence: the one named nearest before the words who does something rather than has something done to them, else the
 * nearest before, else after; in a text without marks only near them. Where one tells of another who neither speaks nor acts, it is of the one who tells.
 * A pronoun means the one who did something last, in a chat not the one who speaks. What stands in quotes is of whom it is put down to. Where a sentence
 * names nobody, whose line, lines or mail it is has said it, and "you" in a letter is whom it is written to; what goes on is of the one spoken
 * of last in the same paragraph. What an organisation does is of nobody but who is named before it or tells it.
 * `ofPerson`: the signal can be about another person than the one it comes from.
 */
export function personOf(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  mentions: readonly PersonMention[],
  signal: string,
  ofPerson = false,
): string | undefined {
  if (mentions.length === 0) return undefined
  const said = sayingOf(text, sentence, stretch, mentions)
  const { near, voice, roles, named, before, doer, words, spoken } = said
  const quoted = quotedFrom(text, stretch, mentions, roles, spoken)
  if (quoted !== undefined) return quoted
  const meant = PRONOUN.test(words)
    ? ((doer ? undefined : before.findLast(({ end }) => end <= stretch.end)) ?? spoken)
    : undefined
  const teller = tellerOf(text, said)
  const org = NOBODYS.has(signal)
  if (teller !== undefined && (teller !== voice?.person || doer || !meant)) {
    if (!doer || doer.person === teller) return teller
    if (!roles.speaks(doer) && (ofPerson || org || roles.isPassive(doer))) return teller
  }
  if (org) return whoTellsOfAll(text, stretch, said, meant)
  const here = doer ?? (voice?.person === undefined ? (before.at(-1) ?? named[0]) : undefined)
  return here ? here.person : unnamed(text, near, { voice, spoken, mentions })
}

/** What a sentence says of people: who is named in it, who does something, who was spoken of before. */
interface Saying {
  near: Stretch
  until: number
  words: string
  voice: Voice | undefined
  roles: Roles
  named: readonly PersonMention[]
  before: readonly PersonMention[]
  doer: PersonMention | undefined
  spoken: PersonMention | undefined
}

function sayingOf(text: string, sentence: Stretch, stretch: Stretch, mentions: readonly PersonMention[]): Saying {
  const own = closed(text, sentence, stretch)
  const near = contextOf(text, own, stretch)
  const voice = voiceAt(voicesIn(text, mentions), near.start)
  const roles = rolesIn(text)
  // In a text without marks what comes after the words is another matter.
  const until = near.start > own.start || near.end < own.end ? stretch.end : near.end
  const named = mentions.filter((one) => one.start >= near.start && one.end <= until && one !== voice?.label)
  const before = named.filter((one) => one.start <= stretch.start)
  const acts = (one: PersonMention): boolean => !roles.isObject(one) && !roles.isPassive(one)
  const subject = before.filter(acts).at(-1) ?? named.find((one) => one.start > stretch.start && acts(one))
  // "Uri asked me to say that Ana would like names": of two in the words themselves who speaks last.
  const inner = named.findLast(
    (one) => one.start > stretch.start && one.end <= stretch.end && acts(one) && roles.speaks(one),
  )
  const reports = subject && inner && inner.start > subject.start && REPORTS.test(text.slice(subject.end, inner.start))
  const words = text.slice(near.start, near.end)
  const earlier = mentions.filter(
    (one) =>
      one.end <= near.start && one.person !== voice?.person && one !== voice?.label && near.start - one.end < BACK,
  )
  return {
    near,
    until,
    words,
    voice,
    roles,
    named,
    before,
    doer: reports ? inner : subject,
    spoken: lastSpokenOf(text, earlier, words, roles.isObject),
  }
}

/** Of what an organisation does, or what happens to it: who is named before it, who is meant by a pronoun, or whose line it is. */
function whoTellsOfAll(
  text: string,
  stretch: Stretch,
  { near, voice, named, doer, words, spoken }: Saying,
  meant: PersonMention | undefined,
): string | undefined {
  if (doer && doer.start <= stretch.start) return doer.person
  if (named.length > 0) return (doer ? undefined : meant?.person) ?? voice?.person
  if (PRONOUN.test(text.slice(near.start, stretch.end))) return spoken?.person ?? voice?.person
  if (voice) return voice.person
  return OMITTED_TELLS.test(words) ? spoken?.person : undefined
}

/** Between who tells and who is told of. */
const REPORTS = new RegExp(
  `^${ADVERBS} (?:${SAYS_EN}|asked (?:me|us) to (?:say|tell you))\\b|^${ADVERBS_ZH}{0,4}(?:${SAYS_ZH})`,
)
/** A sentence that leaves out who tells. */
const OMITTED_TELLS = new RegExp(
  `^["' ]*(?:${SAYS_EN})\\b|^["' ]*${ADVERBS_ZH}{0,3}(?:${SAYS_ZH})(?!白了|实话|起来|到|真)`,
)

/** Who tells what stands in a sentence: named before it or behind it, a pronoun, or whose line it is. */
function tellerOf(text: string, { near, until, words, voice, named, doer, spoken, roles }: Saying): string | undefined {
  const explicit = named.find((one) => roles.tells(one) && one.start <= until)
  if (explicit) return explicit.person
  const pronoun = PRONOUN_TELLS.exec(words)
  // "He says Ken leaves", "Ken leaves, he says"; of who is named in it the pronoun means nobody.
  const at = near.start + (pronoun?.index ?? 0)
  const meant = pronoun ? (named.findLast((one) => one.end <= at) ?? spoken) : undefined
  if (meant && meant.person !== doer?.person) {
    if (!doer || at < doer.start || (at > doer.end && /[,.]\s*$/.test(text.slice(near.start, at)))) return meant.person
  }
  return voice?.person
}

const VERB_OF_SPEECH = new RegExp(`\\b(?:${SAYS_EN}|asked|asks|began|quoted)\\b|说|讲|问|原话`)
/** Who is quoted, where the words stand between quotation marks and somebody is named or meant right before or behind these. */
function quotedFrom(
  text: string,
  stretch: Stretch,
  mentions: readonly PersonMention[],
  { isObject }: Roles,
  spoken: PersonMention | undefined,
): string | undefined {
  const line = text.lastIndexOf('\n', stretch.start) + 1
  const marks = [...text.slice(line, stretch.start + 1).matchAll(/"/g)].map(({ index }) => line + index)
  if (marks.length % 2 === 0) return undefined
  const open = marks.at(-1)!
  const close = text.indexOf('"', Math.max(stretch.start + 1, open + 1))
  if (close < 0) return undefined
  const start = Math.max(line, ...['.', '!', '?', ';'].map((mark) => text.lastIndexOf(mark, open - 1) + 1))
  const lead = text.slice(start, open)
  if (!/:\s*$/.test(lead) || mentions.every((one) => one.start < start || one.end > open)) {
    // Behind: "…," Ingrid told me. Up to the end of that sentence.
    const behind = /^[^.!?;\n"]{0,60}/.exec(text.slice(close + 1))![0]
    if (VERB_OF_SPEECH.test(behind)) {
      const who = mentions.find((one) => one.start > close && one.end <= close + 1 + behind.length && !isObject(one))
      if (who) return who.person
      if (PRONOUN.test(behind.slice(0, 12))) return spoken?.person
    }
  }
  if (!/[:,]\s*$/.test(lead) && !VERB_OF_SPEECH.test(lead.slice(-12))) return undefined
  const who = mentions.filter((one) => one.start >= start && one.end <= open && !isObject(one)).at(-1)
  return who?.person ?? (PRONOUN.test(lead) ? spokenBefore(mentions, start) : undefined)
}
const spokenBefore = (mentions: readonly PersonMention[], at: number): string | undefined =>
  mentions.findLast(({ end }) => end <= at)?.person

/** Whose it is where the sentence names nobody: who is meant by a pronoun, whose line it is, whom a letter is written to, who was spoken of before. */
function unnamed(
  text: string,
  near: Stretch,
  {
    voice,
    spoken,
    mentions,
  }: {
    voice: Voice | undefined
    spoken: PersonMention | undefined
    mentions: readonly PersonMention[]
  },
): string | undefined {
  const words = text.slice(near.start, near.end)
  const pronoun = PRONOUN.test(words)
  if (voice) return pronoun ? (spoken?.person ?? voice.person) : voice.person
  if (pronoun) return spoken?.person
  if (TO_YOU.test(words)) {
    const addressed = mentions.find((one) => one.end < near.start && isGreeted(text, one))
    if (addressed) return addressed.person
  }
  const paragraph = text.lastIndexOf('\n', near.start) + 1
  return goesOn(words) && spoken && spoken.start >= paragraph ? spoken.person : undefined
}

/**
 * Where one tells of another ("Tara says Ken is leaving"): who told it, and whom it is about. Undefined where the sentence does not name both.
 */
export function toldOf(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  mentions: readonly PersonMention[],
): { from: string; about: string } | undefined {
  const near = contextOf(text, sentence, stretch)
  const named = mentions.filter((one) => one.start >= near.start && one.end <= near.end)
  const { tells } = rolesIn(text)
  const teller = named.find((one) => one.start <= stretch.start && tells(one))
  const other = teller && named.find((one) => one.start > teller.end && one.person !== teller.person)
  return other && { from: teller.person, about: other.person }
}

/** How a sentence begins that goes on with the one before: Chinese leaves out who does it; English seldom does, in notes and in what is quoted. */
const GOES_ON =
  /^["' ]*(?:(?:and|but|also|then|so|plus),? )*(?:said|says|asked|asks|wants?|wanted|would|will|won't|can't|could|doesn't|didn't|does|did|only|no|not|never|thinks|reckons|feels|if|it|it'll|it's|we|i|you|what|how|why|when|where|who|whether|told|promised|offered|gave|put|there|this|that|price|quote)\b/
/** Another one does it: an office, a post or a firm. */
const OTHERS_DO =
  /^["' ]*(?:另外|还有|对了|然后)?(?:他们|她们|工程|采购|财务|法务|技术|业务|招标|合规|审计|纪检|信息|设备|生产|院里|厂里|局里|行里|校里|集团|公司|领导|老板|董事长|代理|评委|专家|上面|省里|市里)/

/** Does a sentence that names nobody go on with whoever was spoken of before? */
const goesOn = (words: string): boolean =>
  /[\u3400-\u9fff]/.test(words) ? !OTHERS_DO.test(words) : GOES_ON.test(words)

/** Of those spoken of before: whom "he" or "she" can mean by their form of address, rather one who did something than one it was done to. */
function lastSpokenOf(
  text: string,
  earlier: readonly PersonMention[],
  words: string,
  isObject: (one: PersonMention) => boolean,
): PersonMention | undefined {
  const fits = ({ start, end }: PersonMention): boolean => {
    const called = text.slice(Math.max(0, start - 5), end)
    return (
      !(/\b(?:mrs|ms|miss)\b/.test(called) && HE.test(words) && !SHE.test(words)) &&
      !(/\b(?:mr|sir|herr)\b/.test(called) && SHE.test(words) && !HE.test(words))
    )
  }
  const able = earlier.filter(fits)
  const last = able.at(-1)
  if (!last || !isObject(last)) return last
  // The other one of the same sentence, where somebody did something to them.
  const doer = able.filter((one) => !isObject(one)).at(-1)
  return doer && !/[.!?;\n]/.test(text.slice(doer.end, last.start)) ? doer : last
}

/** They stand at the head of the note, in a line of their own or before a comma. */
function isGreeted(text: string, { start, end }: PersonMention): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1
  return (
    line < 120 &&
    GREETING.test(text.slice(line, start)) &&
    /^\s*(?:您?你?好)?\s*[:,!]?\s*(?:\n|$)/.test(text.slice(end, end + 6))
  )
}
