import { perPerson, pointsOf } from './need.ts'
import type { Need, Term } from './need.ts'

const DEFINE_OVER = 3
const RISK = 4
const REGISTERED = 2
/** A decider met this long ago is due again. */
const BRIDGE_DAYS = 45
/** So late nobody opens with questions alone. */
const QUESTIONS_LATE = 0.75
/** Those who are no deciders but weigh: a third of a decider's window. */
const OTHERS = 0.35

const WINDOWS = {
  register: { en: 'register, before criteria stand', zh: '挂号，要在定标准之前' },
  late: { en: 'a first meeting, before the decision', zh: '定之前总要见上一面' },
  bridge: { en: 'come back while they compare', zh: '比选期间续上' },
  regain: { en: 'regain trust before they sign', zh: '签约之前拿回信任' },
} as const

/**
 * The windows in which each decider must have met us: register before criteria stand, bridge while they compare or once it
 * has grown cold, regain from the weighing of risks to the decision. Closed windows of somebody never met leave one: before
 * the decision.
 */
export const windowMissed: Term = (view) => {
  if (!view.open) return []
  const points = pointsOf(view, 'window')
  return perPerson(view, (person, index) => {
    if (!person.decides && person.influence < 4) return null
    const weight = points * person.weight * (person.decides ? 1 : OTHERS)
    const defined = view.begins[DEFINE_OVER] ?? null
    const needs: Need[] = []
    const add = (window: keyof typeof WINDOWS, from: number, due: number, until: number, share: Need['serves']): void =>
      void needs.push({
        term: 'window',
        person: index,
        weight: weight * (window === 'bridge' ? 0.7 : 1),
        from,
        due: Math.max(due, from),
        until: Math.max(until, due, from),
        serves: share,
        about: { person: person.name, window: WINDOWS[window], day: view.date(Math.max(due, from)) },
      })
    if (person.rung < REGISTERED) {
      const late = defined === 0 || defined === null
      const due = late ? Math.min(view.end, 21) : Math.min(defined, view.end, 60)
      add(late ? 'late' : 'register', 0, due, view.end, (_, done) => {
        if ((done.reach ?? 0) < REGISTERED) return 0
        if (!done.substantive) return late ? 0.6 : 0.9
        return late && done.informs?.includes('business_model') ? QUESTIONS_LATE : 1
      })
      return needs
    }
    const since = person.lastSubstantive ?? person.lastTouch ?? -BRIDGE_DAYS
    const due = Math.max(0, since + BRIDGE_DAYS)
    if (due < view.end)
      add('bridge', Math.max(0, since + 14), due, Math.min(view.end, due + 60), (_, done) =>
        done.substantive ? 1 : 0.4,
      )
    const risk = view.begins[RISK] ?? null
    if (person.decides && risk !== null && view.decision !== null && risk <= view.end)
      add('regain', Math.min(risk, view.end), Math.max(view.end - 14, risk), view.end, (_, done) =>
        done.promises === 'kept' && done.substantive ? 1 : done.substantive ? 0.6 : 0.2,
      )
    return needs
  })
}
