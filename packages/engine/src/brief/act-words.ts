import { daysBetween, saidDay } from '../core/dates.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Text } from '../methodology/schema.ts'
import type { PlannedPlay, Step } from '../plan/schema.ts'
import type { Brief } from './schema.ts'

/**
 * What the lead asks for first, in one sentence with where the plan has it: the first step with whom the lead names, on which day and through
 * whom. Where the plan has no step with them, that is said; where it begins with somebody else, with whom and how the two belong together, so
 * that a page that shows both says one thing. Null: nothing presses. A brief without a plan (lists, what is over) has the lead's words alone.
 * `planned`: the steps of the plan that the page shows, in its order, where that is not the brief's own.
 */
export function actWords(brief: Brief, planned?: readonly Step[]): Text | null {
  const { act } = brief.lead
  if (!act || act.person === null) return act && act.words
  const steps: readonly Placed[] =
    planned?.map((step) => ({ ...step, startBy: step.start })) ??
    [...brief.standing, ...brief.plan].sort((a, b) => a.order - b.order)
  if (steps.length === 0) return act.words
  const theirs = steps
    .filter((step) => step.with.includes(act.person!))
    .reduce<Placed | undefined>((first, next) => (first && first.on <= next.on ? first : next), undefined)
  const begins = steps.find(({ with: people }) => people.length > 0)
  const says = theirs ? placeOf(brief, theirs, steps) : brief.tender.silence ? NOT_IN_SILENCE : NO_STEP
  const other = begins && !begins.with.includes(act.person) ? togetherWith(brief, begins, theirs) : undefined
  return joined(act.words, says, ...(other ? [other] : []))
}

type Placed = Pick<PlannedPlay, 'with' | 'on' | 'name' | 'through' | 'startBy' | 'why'>

/** On which day the plan has them, whether that is in time, and who takes us there. */
function placeOf(brief: Brief, step: Placed, steps: readonly Placed[]): Text {
  const day = saidDay(step.on)
  const late = lateOf(brief, step)
  const guide = guideOf(brief, step)
  // Whoever takes us there is seen before: the plan's own order.
  const before = steps.some((one) => one !== step && isSeenFirst(one, step))
  return {
    en: `the plan has it on ${day.en}${late.en}: ${step.name.en}${guide ? `, through ${guide}${before ? ', who is seen first' : ''}` : ''}`,
    zh: `计划排在${day.zh}${late.zh}：${step.name.zh}${guide ? `，由${guide}引路${before ? '，先见引路人' : ''}` : ''}`,
  }
}

/** The way to whom nobody met must be begun by the day that the lead says; whom we met must be met by it. A day that has passed says so itself. */
function lateOf({ asOf, lead }: Brief, step: Placed): Text {
  const { on, person } = lead.act!
  const met = lead.executives.each.some((room) => room.person === person && room.met !== null)
  const days = daysBetween(on as PlainDate, (met ? step.on : (step.startBy ?? step.on)) as PlainDate)
  if (days <= 0 || on <= asOf) return { en: '', zh: '' }
  return { en: `, ${days === 1 ? '1 day' : `${days} days`} after that`, zh: `（比这天晚${days}天）` }
}

/** Why the plan begins with them and not with whom the lead names. */
function togetherWith(brief: Brief, begins: Placed, theirs: Placed | undefined): Text | undefined {
  // Said already: through whom, who is seen first.
  if (theirs && isSeenFirst(begins, theirs)) return undefined
  const day = saidDay(begins.on)
  const who = namesOf(brief, begins.with)
  const what: Text = {
    en: `${who.en} on ${day.en} (${begins.name.en})`,
    zh: `${who.zh}（${day.zh}，${begins.name.zh}）`,
  }
  const [reason] = begins.why
  const since: Text = reason ? { en: `, since ${reason.en}`, zh: `，因为${reason.zh}` } : { en: '', zh: '' }
  if (!theirs) return { en: `it begins with ${what.en}${since.en}`, zh: `计划先见${what.zh}${since.zh}` }
  if (begins.on < theirs.on) return { en: `before it comes ${what.en}`, zh: `此前先见${what.zh}` }
  if (begins.on === theirs.on)
    return {
      en: `the same day it has ${who.en} too (${begins.name.en})`,
      zh: `同一天还见${who.zh}（${begins.name.zh}）`,
    }
  if (begins.startBy !== null && theirs.startBy !== null && begins.startBy < theirs.startBy)
    return { en: `what takes longer is begun before it: ${what.en}`, zh: `准备更久的先动手：见${what.zh}` }
  return {
    en: `what presses more is listed first: ${what.en}${since.en}`,
    zh: `更急的排在前面：见${what.zh}${since.zh}`,
  }
}

const guideIdOf = ({ through, with: people }: Placed): string | null =>
  through === null || people.includes(through) ? null : through

const guideOf = ({ people }: Brief, step: Placed): string | undefined =>
  people.people.find(({ id }) => id === guideIdOf(step))?.name

const isSeenFirst = (one: Placed, step: Placed): boolean => {
  const guide = guideIdOf(step)
  return guide !== null && one.with.includes(guide) && one.on <= step.on
}

function namesOf({ people }: Brief, ids: readonly string[]): Text {
  const [first, second] = ids.map((id) => people.people.find((one) => one.id === id)?.name ?? id)
  if (second === undefined) return { en: first!, zh: first! }
  return ids.length === 2
    ? { en: `${first} and ${second}`, zh: `${first}、${second}` }
    : { en: `${first} and ${ids.length - 1} others`, zh: `${first}等${ids.length}人` }
}

const NO_STEP: Text = { en: 'the plan has no step with them now', zh: '计划里现在没有见面的安排' }
const NOT_IN_SILENCE: Text = {
  en: 'no meeting while the tender is silent, so the plan has none',
  zh: '招标静默期内不得会见，计划里不排',
}

const joined = (...said: readonly Text[]): Text => ({
  en: said.map(({ en }) => en).join('; '),
  zh: said.map(({ zh }) => zh).join('；'),
})
