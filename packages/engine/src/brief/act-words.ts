import { saidDay } from '../core/dates.ts'
import type { Text } from '../methodology/schema.ts'
import type { Brief } from './schema.ts'

/**
 * What the lead asks for first, in one sentence with where the plan has it: the first step with whom the lead names, on which day and through
 * whom, so that a page that shows both says one thing. Where the plan has no step with them, that is said. Null: nothing presses. A brief
 * without a plan (lists, what is over) has the lead's words alone.
 */
export function actWords({ lead, plan, standing, people, tender }: Brief): Text | null {
  const { act } = lead
  if (!act || act.person === null) return act && act.words
  const steps = [...standing, ...plan]
  if (steps.length === 0) return act.words
  const theirs = steps.filter((step) => step.with.includes(act.person!))
  const step = theirs.reduce<(typeof steps)[number] | undefined>(
    (first, next) => (first && first.on <= next.on ? first : next),
    undefined,
  )
  if (!step) return joined(act.words, tender.silence ? NOT_IN_SILENCE : NO_STEP)
  const day = saidDay(step.on)
  const through = step.through === null || step.with.includes(step.through) ? null : step.through
  const guide = through === null ? undefined : people.people.find(({ id }) => id === through)?.name
  // Whoever takes us there is seen before: the plan's own order.
  const before = steps.some(
    (one) => one !== step && through !== null && one.with.includes(through) && one.on <= step.on,
  )
  return joined(act.words, {
    en: `the plan has it on ${day.en}: ${step.name.en}${guide ? `, through ${guide}${before ? ', who is seen first' : ''}` : ''}`,
    zh: `计划排在${day.zh}：${step.name.zh}${guide ? `，由${guide}引路${before ? '，先见引路人' : ''}` : ''}`,
  })
}

const NO_STEP: Text = { en: 'the plan has no step with them now', zh: '计划里现在没有见面的安排' }
const NOT_IN_SILENCE: Text = {
  en: 'no meeting while the tender is silent, so the plan has none',
  zh: '招标静默期内不得会见，计划里不排',
}

const joined = (said: Text, more: Text): Text => ({ en: `${said.en}; ${more.en}`, zh: `${said.zh}；${more.zh}` })
