import { PRONOUN, HE, SHE, PRONOUN_TELLS, rolesIn, DECIDES, LEADS, INSTEAD, OMITTED_TELLS } from './roles.ts'
import { sayingOf, tellerOf, quotedFrom } from './saying.ts'
import type { Saying } from './saying.ts'
import { contextOf } from './segments.ts'
import type { Stretch } from './segments.ts'
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
/** At the head of a mail: whom it is written to. */
const GREETING = /^\s*(?:dear|hi|hello|good (?:morning|afternoon))?[ ,]*$/
const TO_YOU = /您|\b(?:you|your)\b/

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
  const plain = quotedFrom(text, stretch, mentions, roles, spoken) ?? putDownTo(text, stretch, named, signal)
  if (plain !== undefined) return plain
  const here = doer ? undefined : before.findLast(({ end }) => end <= stretch.end)
  const meant = PRONOUN.test(words) ? (here ?? spoken) : undefined
  const org = NOBODYS.has(signal)
  const teller = tellerOf(text, said)
  const silent = teller === voice?.person && !doer && meant !== undefined
  if (teller !== undefined && !silent && isTold(text, said, teller, ofPerson || org)) return teller
  if (org) return whoTellsOfAll(text, stretch, said, meant)
  // In somebody's own line who is named on the way is spoken of.
  const own = voice?.person !== undefined
  if (own && doer && doer.start > stretch.start + ON_THE_WAY && !roles.speaks(doer)) return voice.person
  const source = doer ?? (own ? undefined : (before.at(-1) ?? named[0]))
  return source ? source.person : unnamed(text, near, { voice, spoken, mentions })
}

/** Who stands before the words with a colon, or whom somebody came for who was sent. */
function putDownTo(
  text: string,
  stretch: Stretch,
  named: readonly PersonMention[],
  signal: string,
): string | undefined {
  const lead = named.findLast((one) => one.end <= stretch.start)
  if (lead && LEADS.test(text.slice(lead.end, stretch.start))) return lead.person
  if (signal !== 'meeting_delegated_down') return undefined
  return named.find((one) => INSTEAD.test(text.slice(Math.max(0, one.start - 24), one.start)))?.person
}

/** Is it of who tells it rather than of who is told of, because that one neither speaks nor decides? `always`: also where that one does something. */
function isTold(text: string, { doer, roles }: Saying, teller: string, always: boolean): boolean {
  if (!doer || doer.person === teller) return true
  if (roles.speaks(doer) || DECIDES.test(text.slice(doer.end, doer.end + 20))) return false
  return always || roles.isPassive(doer)
}

const ON_THE_WAY = 12
/** Of what an organisation does, or what happens to it: who is named before it, who is meant by a pronoun, or whose line it is. */
function whoTellsOfAll(
  text: string,
  stretch: Stretch,
  { near, voice, roles, named, doer, words, spoken }: Saying,
  meant: PersonMention | undefined,
): string | undefined {
  if (doer && (doer.start <= stretch.start || (doer.end <= stretch.end && roles.speaks(doer)))) return doer.person
  if (named.length > 0) return (doer ? undefined : meant?.person) ?? voice?.person
  if (PRONOUN.test(text.slice(near.start, stretch.end))) return spoken?.person ?? voice?.person
  if (voice) return voice.person
  return OMITTED_TELLS.test(words) ? spoken?.person : undefined
}

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
  if (voice) return pronoun && !voice.minutes ? (spoken?.person ?? voice.person) : voice.person
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
  if (other) return { from: teller.person, about: other.person }
  // "He reckons she'll be gone."
  const { words, spokenBy } = sayingOf(text, sentence, stretch, mentions)
  const pronoun = PRONOUN_TELLS.exec(words)
  if (!pronoun || named.length > 0) return undefined
  const rest = words.slice(pronoun.index + pronoun[0].length)
  const [he, she] = [HE.test(pronoun[0]), SHE.test(pronoun[0])]
  if (he === she || !(he ? SHE : HE).test(rest) || (he ? HE : SHE).test(rest)) return undefined
  const [from, about] = [spokenBy(he ? 'he' : 'she'), spokenBy(he ? 'she' : 'he')]
  return from && about && from.person !== about.person ? { from: from.person, about: about.person } : undefined
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

/** They stand at the head of the note, in a line of their own or before a comma. */
function isGreeted(text: string, { start, end }: PersonMention): boolean {
  const line = text.lastIndexOf('\n', start - 1) + 1
  return (
    line < 120 &&
    GREETING.test(text.slice(line, start)) &&
    /^\s*(?:您?你?好)?\s*[:,!]?\s*(?:\n|$)/.test(text.slice(end, end + 6))
  )
}
