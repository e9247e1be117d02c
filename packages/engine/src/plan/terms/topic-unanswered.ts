import { perPerson, pointsOf } from './need.ts'
import type { Need, Term } from './need.ts'

/** Asked aloud counts more than what is only to be expected. */
const ASKED = 2.5
/** Nothing in the file says whether it is open. */
const UNKNOWN = 0.5
/** Questions far off wait. */
const FAR_DAYS = 90
const FAR = 0.5
const GRACE_DAYS = 45

/** Topics due and unanswered for the people who ask them: what is left to answer, by weight and by who asks. */
export const topicUnanswered: Term = (view) =>
  perPerson(view, (person, index) =>
    person.topics.flatMap((need): Need | [] => {
      if (!view.open || need.due > view.end) return []
      const urgency = need.asked ? ASKED : (need.due > FAR_DAYS ? FAR : 1) * (need.known ? 1 : UNKNOWN)
      return {
        term: 'topic',
        person: index,
        weight: pointsOf(view, 'topic') * need.weight * person.weight * (1 - need.value) * urgency,
        from: 0,
        due: need.due,
        until: Math.min(view.end, need.due + GRACE_DAYS),
        papers: need.proofs,
        topic: need.topic,
        serves: (play, done) => {
          const spoken = done.topics.find(({ topic }) => topic === need.topic)
          if (spoken) return spoken.status === 'prepared' ? 0.5 : 0.8
          const worry = done.worries?.find(({ topic }) => topic === need.topic)
          if (worry) return 1 - worry.factor
          if (play.papers && play.kind === 'prove') return -1
          return play.concern === need.concern && play.substantive ? -0.5 : 0
        },
        about: { person: person.name, topic: need.name, day: view.date(need.due) },
      }
    }),
  )
