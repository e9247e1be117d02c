import { perPerson, pointsOf } from './need.ts'
import type { Term } from './need.ts'

const REGISTERED = 2
const STANCE = {
  against: { en: 'against us', zh: '不站在我们这边' },
  neutral: { en: 'neutral', zh: '中立' },
  unknown: { en: 'not known to be for or against', zh: '立场不明' },
} as const

/** Somebody who weighs and is against us, undecided or unknown: heard before the meeting in which it counts. */
export const coldPerson: Term = (view) =>
  perPerson(view, (person, index) => {
    if (!view.open || (person.stance ?? 0) > 0 || person.influence < 3) return null
    const recent = person.lastSubstantive !== null && person.lastSubstantive > -21
    const stance = person.stance === null ? 'unknown' : person.stance < 0 ? 'against' : 'neutral'
    const heavy = stance === 'against' ? 1.2 : stance === 'neutral' ? 0.8 : 0.6
    const heard = 1 + 0.3 * Math.min(3, person.objections)
    return {
      term: 'stance',
      person: index,
      weight: pointsOf(view, 'stance') * person.weight * heavy * heard * (recent ? 0.5 : 1),
      from: 0,
      due: 28,
      until: view.choice ?? view.end,
      serves: (_, done, who) => {
        const listens = done.informs?.includes('stance') || done.informs?.includes('risks')
        const moved = (done.stance ?? 0) >= 0.5 ? 0.9 : (done.stance ?? 0) > 0 ? 0.6 : done.substantive ? 0.5 : 0.15
        return listens && (who.stance === null || who.rung < REGISTERED || who.objections > 0) ? 0.95 : moved
      },
      about: { person: person.name, stance: STANCE[stance] },
    }
  })
