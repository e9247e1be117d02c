import { contextOf } from './segments.ts'
import type { Stretch } from './segments.ts'
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

const PRONOUN = /他(?!们)|她(?!们)|\b(?:he|she|his|her|him)\b/
const HE = /\b(?:he|his|him)\b/
const SHE = /\b(?:she|her)\b/

/** `Dana 14:22:` at the head of a line: who speaks in it. */
const SPEAKS = /^[^\n]{0,12}?\s*\(?\d{1,2}:\d{2}(?::\d{2})?[)\]]?\s*(?:[:,]|\s|$)/
/** Before a name: something is done to or with them, or they are only where it happens. */
const OBJECT =
  /(?:给|跟|向|和|与|对|找|见了?|请了?|约了?|陪|答应|告诉|回|问|催|送|等|抄送|收件人:|通过|(?<!转)达|当着)\s*$|\b(?:to|with|from|for|told|asked|rang|called|phoned|met|saw|gave|of|thank|thanks|dear|hi|hello|about|without|than|cc:?|to:)\s+(?:(?:the|their|old|our|new|his|her|mr|mrs|ms|dr)\.?\s+){0,2}$/

/** How many mentions back somebody is still spoken of. */
const BACK = 1500

/** At the head of a mail: whom it is written to. */
const GREETING = /^\s*(?:dear|hi|hello|good (?:morning|afternoon))?[ ,]*$/
const TO_YOU = /您|\b(?:you|your)\b/

/**
 * Whose a fact is. In its sentence: the one named nearest before the words who does something rather than has something done to them, else the
 * nearest before, else after; in a text without marks only near them. A pronoun means the one who did something last, in a chat not the one who
 * speaks. Where a sentence names nobody, whose line it is has said it, and "you" in a letter is whom it is written to;
 * what goes on is of the one spoken of last in the same paragraph. What an organisation does is of nobody but who is named before it or tells it.
 */
export function personOf(
  text: string,
  sentence: Stretch,
  stretch: Stretch,
  mentions: readonly PersonMention[],
  signal: string,
): string | undefined {
  if (mentions.length === 0) return undefined
  const near = contextOf(text, sentence, stretch)
  const line = text.lastIndexOf('\n', sentence.start) + 1
  const first = mentions.find(({ start }) => start >= line && start < line + 24)
  const speaker = first && SPEAKS.test(text.slice(first.end, first.end + 30)) ? first : undefined
  const isObject = ({ start }: PersonMention): boolean => OBJECT.test(text.slice(Math.max(0, start - 24), start))
  // In a text without marks what comes after the words is another matter.
  const until = near.start > sentence.start || near.end < sentence.end ? stretch.end : near.end
  const named = mentions.filter((one) => one.start >= near.start && one.end <= until && one !== speaker)
  const before = named.filter((one) => one.start <= stretch.start)
  const doer =
    before.filter((one) => !isObject(one)).at(-1) ?? named.find((one) => one.start > stretch.start && !isObject(one))
  const words = text.slice(near.start, near.end)
  const earlier = mentions.filter(
    (one) => one.end <= near.start && one.person !== speaker?.person && near.start - one.end < BACK,
  )
  const spoken = lastSpokenOf(text, earlier, words, isObject)
  if (NOBODYS.has(signal)) {
    if (named.length > 0) return doer && doer.start <= stretch.start ? doer.person : undefined
    return PRONOUN.test(text.slice(near.start, stretch.end)) ? spoken?.person : speaker?.person
  }
  const here = doer ?? before.at(-1) ?? named[0]
  if (here) return here.person
  return unnamed(text, near, { speaker, spoken, mentions })
}

/** Whose it is where the sentence names nobody: who is meant by a pronoun, whose line it is, whom a letter is written to, who was spoken of before. */
function unnamed(
  text: string,
  near: Stretch,
  {
    speaker,
    spoken,
    mentions,
  }: {
    speaker: PersonMention | undefined
    spoken: PersonMention | undefined
    mentions: readonly PersonMention[]
  },
): string | undefined {
  const words = text.slice(near.start, near.end)
  const pronoun = PRONOUN.test(words)
  if (speaker) return pronoun ? (spoken?.person ?? speaker.person) : speaker.person
  if (pronoun) return spoken?.person
  if (TO_YOU.test(words)) {
    const addressed = mentions.find((one) => one.end < near.start && isGreeted(text, one))
    if (addressed) return addressed.person
  }
  const paragraph = text.lastIndexOf('\n', near.start) + 1
  return goesOn(words) && spoken && spoken.start >= paragraph ? spoken.person : undefined
}

/** Behind a name: they tell of somebody. */
const TELLS =
  /^(?:跟我|对我|和我|悄悄|私下|又|还|也|先|就)*(?:说|讲|透露|告诉|提到)|^,? (?:(?:also|then|just) )?(?:says?|said|told|tells|mentioned|let slip)\b/

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
  const teller = named.find((one) => one.start <= stretch.start && TELLS.test(text.slice(one.end, one.end + 14)))
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
