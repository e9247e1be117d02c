import type { Text } from '../methodology/schema.ts'
import type { Options } from './options.ts'
import type { Option, Problem } from './problem.ts'
import { valueOf } from './problem.ts'
import type { Question } from './schema.ts'
import { adapt } from './solve.ts'
import type { Solution } from './solve.ts'
import { leaderOf } from './steps.ts'
import type { Need } from './terms/need.ts'
import type { PlanPerson, PlanView } from './view.ts'
import { fill } from './words.ts'

/** An answer: how likely, and what it does to each need. */
interface Answer {
  probability: number
  factor: (need: Need, person: PlanPerson | null) => number
}

interface Asked {
  to: PlanPerson | null
  about: string
  text: Text
  changes: Text
  answers: Answer[]
  /** Points it could touch: only the heaviest are computed. */
  at: number
}

const COMPUTED = 5
const SHOWN = 3
const EVALUATIONS = 40

/**
 * The questions worth asking: to a named person, about what would change the plan. Worth = Σ P(answer) · (value of the
 * plan adapted to the answer − value of this plan under it).
 */
export function questionsOf(view: PlanView, options: Options, solution: Solution): Question[] {
  if (!view.open || solution.chosen.length === 0) return []
  return [
    ...stances(view, options),
    ...topics(view, options),
    ...decision(view, options),
    ...topUnknown(view, options),
    ...gates(view, options),
  ]
    .sort((a, b) => b.at - a.at || (a.about < b.about ? -1 : 1))
    .slice(0, COMPUTED)
    .map((asked) => ({ asked, worth: worthOf(view, options, solution, asked) }))
    .sort((a, b) => b.worth - a.worth || b.asked.at - a.asked.at)
    .slice(0, SHOWN)
    .map(({ asked: { to, about, text, changes }, worth }) => ({
      to: to?.id ?? null,
      about,
      text,
      changes,
      worth: Math.round(worth * 1000) / 1000,
    }))
}

function worthOf(view: PlanView, { problem, needs }: Options, { chosen }: Solution, asked: Asked): number {
  let worth = 0
  for (const { probability, factor } of asked.answers) {
    const factors = needs.map((need) => factor(need, need.person === null ? null : view.people[need.person]!))
    const changed: Problem = { ...problem, options: problem.options.map((option) => scaled(option, factors)) }
    const same = chosen.map(({ index }) => changed.options[index]!)
    const now = valueOf(changed, same)
    const best = adapt(changed, same, EVALUATIONS).value
    worth += probability * Math.max(0, best - now)
  }
  return worth
}

function scaled(option: Option, factors: readonly number[]): Option {
  let touched = false
  for (const n of option.needs) if (factors[n] !== 1) touched = true
  if (!touched) return option
  return { ...option, gains: option.gains.map((points, k) => points * factors[option.needs[k]!]!) }
}

const weightOf = (options: Options, of: (need: Need) => boolean): number =>
  options.needs.reduce((sum, need) => (of(need) ? sum + need.weight : sum), 0)

/** Whoever inside can tell us of somebody: the guide nearest to us, never the person. */
function guide(view: PlanView, about: PlanPerson | null): PlanPerson | null {
  const inside = view.people.filter((person) => person.inside && person !== about && person.rung > 0)
  return inside.sort((a, b) => b.influence - a.influence || (a.id < b.id ? -1 : 1))[0] ?? null
}

function stances(view: PlanView, options: Options): Asked[] {
  return view.people.flatMap((person, index): Asked[] => {
    if (person.stance !== null || person.influence < 4) return []
    const own = (need: Need): boolean => need.person === index && need.term === 'stance'
    const to = person.rung > 1 ? person : guide(view, person)
    return [
      {
        to,
        about: person.id,
        text:
          to === person
            ? fill(
                {
                  en: 'Under which conditions would you speak against us in the meeting, {person}?',
                  zh: '{person}，什么情况下您会在会上不赞成？',
                },
                { person: person.name },
              )
            : fill(
                {
                  en: 'Where does {person} stand, and what would make that turn?',
                  zh: '{person}现在倾向谁？什么会让他改主意？',
                },
                { person: person.name },
              ),
        changes: fill(
          {
            en: 'if for us, {person} can wait; if against us, see {person} first',
            zh: '若支持我们，{person}可以往后放；若反对，就先见',
          },
          { person: person.name },
        ),
        at: weightOf(options, own),
        answers: [
          { probability: 0.4, factor: (need) => (own(need) ? 0.1 : 1) },
          { probability: 0.35, factor: () => 1 },
          { probability: 0.25, factor: (need) => (own(need) ? 2 : 1) },
        ],
      },
    ]
  })
}

function topics(view: PlanView, options: Options): Asked[] {
  return view.people.flatMap((person, index): Asked[] => {
    const unknown = person.topics
      .filter((topic) => !topic.known && topic.weight >= 0.8)
      .sort((a, b) => b.weight - a.weight || a.due - b.due)[0]
    if (!unknown || (!person.decides && person.influence < 4)) return []
    const own = (need: Need): boolean => need.person === index && need.topic === unknown.topic
    const to = person.rung > 1 ? person : guide(view, person)
    return [
      {
        to,
        about: `${person.id} · ${unknown.topic}`,
        text: fill(
          {
            en: 'What would {person} have to see to be at ease about “{topic}”?',
            zh: '关于“{topic}”，{person}看到什么才会放心？',
          },
          { person: person.name, topic: unknown.name },
        ),
        changes: fill(
          { en: 'it decides whether to prepare “{topic}” now or not at all', zh: '决定“{topic}”现在就备还是不用备' },
          { topic: unknown.name },
        ),
        at: weightOf(options, own),
        answers: [
          { probability: 0.5, factor: (need) => (own(need) ? 2.5 : 1) },
          { probability: 0.5, factor: (need) => (own(need) ? 0 : 1) },
        ],
      },
    ]
  })
}

function decision(view: PlanView, options: Options): Asked[] {
  if (
    view.deal.process?.some(
      ({ step, on, done }) => on && !done && ['signature', 'award', 'board-approval'].includes(step),
    )
  )
    return []
  const windows = (need: Need): boolean => need.term === 'window' || need.term === 'topic'
  return [
    {
      to: leaderOf(view),
      about: 'decision',
      text: {
        en: 'Who must agree before you can sign, in which order, and by when?',
        zh: '签约之前要哪些人点头，先后顺序，最晚哪天？',
      },
      changes: { en: 'every window of the plan moves with the date', zh: '计划里的每个窗口都跟着这个日子走' },
      at: 0.3 * weightOf(options, windows),
      answers: [
        { probability: 0.5, factor: (need) => (windows(need) && need.due > 60 ? 0.5 : 1) },
        { probability: 0.5, factor: (need) => (windows(need) && need.due > 30 ? 1.6 : 1) },
      ],
    },
  ]
}

function topUnknown(view: PlanView, options: Options): Asked[] {
  if (view.people.some(({ top }) => top)) return []
  return [
    {
      to: leaderOf(view),
      about: 'number_one',
      text: { en: 'Whose word settles it when opinions differ?', zh: '意见不一的时候，最后谁说了算？' },
      changes: {
        en: 'the plan has no number one yet: every step at the top waits for this name',
        zh: '计划里还没有一把手，上层的每一步都等这个名字',
      },
      at: 10 + weightOf(options, ({ term }) => term === 'window'),
      answers: [{ probability: 1, factor: ({ term }) => (term === 'window' ? 1.5 : 1) }],
    },
  ]
}

/** A date the customer told has passed and nobody wrote what came of it. */
function gates(view: PlanView, options: Options): Asked[] {
  const passed = (view.deal.process ?? []).filter(
    ({ on, done, applies }) => on && !done && applies !== false && view.daysOf(on) < 0,
  )
  const last = passed.at(-1)
  if (!last) return []
  const owner = view.people.find(({ id, name }) => id === last.owner || name === last.owner)
  const to = owner && owner.rung > 0 ? owner : leaderOf(view)
  const step = view.model.milestones.get(last.step)?.name ?? last.step
  return [
    {
      to,
      about: last.step,
      text: fill(
        {
          en: '“{step}” was due on {day}: did it happen, and what is the new date?',
          zh: '“{step}”原定{day}，做了没有？新的日子是哪天？',
        },
        { step, day: last.on! },
      ),
      changes: { en: 'what follows it moves by as many days', zh: '后面的安排都跟着挪' },
      at: 0.25 * weightOf(options, ({ term }) => term === 'topic' || term === 'window'),
      answers: [
        { probability: 0.5, factor: () => 1 },
        { probability: 0.5, factor: (need) => (need.due < 30 ? 0.6 : 1.2) },
      ],
    },
  ]
}
