import type { MethodFault } from './fault.ts'
import type { Effects, Methodology, PersonLevel, Role } from './schema.ts'
import { checkWargame } from './check-wargame.ts'
import { CONSTRAINTS, MEETING_SECTIONS, OUTCOMES, PHASES, TERMS } from './schema.ts'

/** Duplicate ids and names that lead nowhere, over all files. */
export function checkReferences(method: Methodology): MethodFault[] {
  const faults: MethodFault[] = []
  const idsOf = (file: string, key: string, items: readonly { id: string }[]): Set<string> => {
    const ids = new Set<string>()
    items.forEach(({ id }, i) => {
      if (ids.has(id)) faults.push({ file, path: `${key}[${i}].id`, what: `"${id}" is there twice` })
      ids.add(id)
    })
    return ids
  }
  const signals = idsOf('signals.json', 'signals', method.signals.signals)
  const plays = idsOf('plays.json', 'plays', method.plays.plays)
  idsOf('rules.json', 'rules', method.rules.rules)
  const acts = idsOf('rules.json', 'acts', method.rules.acts)
  idsOf('facts.json', 'facts', method.facts.facts)
  const topics = idsOf('topics.json', 'topics', method.topics.topics)
  const owners = idsOf('topics.json', 'owners', method.topics.owners)
  const roles = idsOf('people.json', 'roles', method.people.roles)
  const sources = idsOf('people.json', 'sources', method.people.sources)
  const rungs = idsOf('people.json', 'rungs', method.people.rungs)
  const paths = idsOf('people.json', 'paths', method.people.paths)
  const traits = idsOf('concerns.json', 'traits', method.concerns.traits)
  idsOf('concerns.json', 'concerns', method.concerns.concerns)
  idsOf('phases.json', 'phases', method.phases.phases)
  const milestones = idsOf('phases.json', 'milestones', method.phases.milestones)
  const events = idsOf('signals.json', 'events', method.signals.events)
  idsOf('outlook.json', 'features', method.outlook.features)
  idsOf('presets', 'presets', method.presets)

  const want = (file: string, path: string, id: string | undefined, known: ReadonlySet<string>, kind: string): void => {
    if (id !== undefined && !known.has(id))
      faults.push({ file, path, what: `no ${kind} "${id}"`, allowed: some(known) })
  }

  checkPlan(method, want, signals, faults)
  const checkEffects = (path: string, effects: Effects): void => {
    want('plays.json', `${path}.rung`, effects.rung ?? undefined, rungs, 'rung')
    for (const { topic } of [...(effects.topics ?? []), ...(effects.worries ?? [])])
      want('plays.json', path, topic, topics, 'topic')
  }
  method.phases.phases.forEach((phase, i) => {
    if (phase.id !== PHASES[i])
      faults.push({
        file: 'phases.json',
        path: `phases[${i}].id`,
        what: `phases come in their order, here "${PHASES[i]}"`,
      })
    phase.ourStep.doneBy.forEach((play, j) =>
      want('phases.json', `phases[${i}].ourStep.doneBy[${j}]`, play, plays, 'play'),
    )
  })
  method.outlook.features.forEach((feature, i) => {
    for (const id of Object.keys(feature.signals ?? {}))
      want('outlook.json', `features[${i}].signals.${id}`, id, signals, 'signal')
    feature.roles?.forEach((id, j) => want('outlook.json', `features[${i}].roles[${j}]`, id, roles, 'role'))
  })
  method.signals.signals.forEach((signal, i) => {
    const at = `signals[${i}]`
    if (Object.keys(signal.phases).length === 0)
      faults.push({ file: 'signals.json', path: `${at}.phases`, what: 'says nothing of any phase' })
    const from = new Set([...roles, ...sources])
    signal.from.forEach((id, j) => want('signals.json', `${at}.from[${j}]`, id, from, 'role or source'))
    signal.replacedBy?.forEach((id, j) => want('signals.json', `${at}.replacedBy[${j}]`, id, signals, 'signal'))
    for (const key of ['asks', 'hints'] as const)
      signal[key]?.forEach((id, j) => want('signals.json', `${at}.${key}[${j}]`, id, topics, 'topic'))
    want('signals.json', `${at}.shows`, signal.shows, roles, 'role')
    want('signals.json', `${at}.event`, signal.event, events, 'event')
    want('signals.json', `${at}.milestone`, signal.milestone, milestones, 'milestone')
    if (signal.rival !== undefined && !signal.about?.includes('rival'))
      faults.push({ file: 'signals.json', path: `${at}.rival`, what: 'says where a rival stands and is not about one' })
    want('signals.json', `${at}.rung`, signal.rung, rungs, 'rung')
    signal.answers?.forEach(({ topic }, j) => want('signals.json', `${at}.answers[${j}].topic`, topic, topics, 'topic'))
    for (const lang of ['en', 'zh'] as const) {
      if (!isPattern(signal.patterns[lang]))
        faults.push({ file: 'signals.json', path: `${at}.patterns.${lang}`, what: 'not a regular expression' })
    }
  })
  method.plays.plays.forEach((play, i) => {
    play.successSignals.forEach((id, j) =>
      want('plays.json', `plays[${i}].successSignals[${j}]`, id, signals, 'signal'),
    )
    play.effects.forEach(({ topic }, j) =>
      want('plays.json', `plays[${i}].effects[${j}].topic`, topic, topics, 'topic'),
    )
    want('plays.json', `plays[${i}].rung`, play.rung, rungs, 'rung')
    const [fast, normal, slow] = play.leadDays
    if (fast > normal || normal > slow)
      faults.push({ file: 'plays.json', path: `plays[${i}].leadDays`, what: 'fast, normal, slow must not descend' })
    want('plays.json', `plays[${i}].from`, play.from, rungs, 'rung')
    for (const [level, rung] of Object.entries(play.fromFor ?? {}))
      want('plays.json', `plays[${i}].fromFor.${level}`, rung, rungs, 'rung')
    want('plays.json', `plays[${i}].after.play`, play.after?.play, plays, 'play')
    if ((play.levels.length === 0) !== (play.with === 'nobody'))
      faults.push({
        file: 'plays.json',
        path: `plays[${i}].levels`,
        what: 'empty for a play with nobody, and only then',
      })
    for (const [id, effects] of Object.entries(play.outcomes ?? {})) checkEffects(`plays[${i}].outcomes.${id}`, effects)
  })
  method.plays.outcomes.forEach((outcome, i) => {
    if (outcome.id !== OUTCOMES[i])
      faults.push({
        file: 'plays.json',
        path: `outcomes[${i}].id`,
        what: `outcomes come in their order, here "${OUTCOMES[i]}"`,
      })
    checkEffects(`outcomes[${i}].usual`, outcome.usual)
  })
  method.people.paths.forEach((path, i) =>
    path.access.forEach(({ level, days: [quick, usual] }, j) => {
      const at = `paths[${i}].access[${j}]`
      if (path.access.findIndex((other) => other.level === level) !== j)
        faults.push({ file: 'people.json', path: `${at}.level`, what: `"${level}" is there twice` })
      if (quick > usual) faults.push({ file: 'people.json', path: `${at}.days`, what: 'fast comes before normal' })
    }),
  )
  checkMeetings(method, want, topics, plays, faults)
  checkWargame(method, want, faults)
  method.rules.rules.forEach((rule, i) => {
    want('rules.json', `rules[${i}].act`, rule.act, acts, 'act')
    rule.recommend.forEach((id, j) => want('rules.json', `rules[${i}].recommend[${j}]`, id, plays, 'play'))
  })
  const { tender } = method
  idsOf('tender.json', 'regimes', tender.regimes)
  want('tender.json', 'publicTrait', tender.publicTrait, traits, 'trait')
  want('tender.json', 'expertRole', tender.expertRole, roles, 'role')
  tender.regimes.forEach(({ channel }, i) =>
    channel.forEach((id, j) => want('tender.json', `regimes[${i}].channel[${j}]`, id, roles, 'role')),
  )
  const tags = new Set(method.signals.signals.flatMap((signal) => signal.tags ?? []))
  method.facts.facts.forEach(({ counts }, i) => {
    want('facts.json', `facts[${i}].counts.event`, counts?.event, events, 'event')
    want('facts.json', `facts[${i}].counts.tag`, counts?.tag, tags, 'tag of a signal')
  })
  method.topics.topics.forEach((topic, i) => {
    topic.askedBy.forEach((id, j) => want('topics.json', `topics[${i}].askedBy[${j}]`, id, roles, 'role'))
    for (const trait of Object.keys(topic.weightWith))
      want('topics.json', `topics[${i}].weightWith.${trait}`, trait, traits, 'trait')
    idsOf('topics.json', `topics[${i}].proofs`, topic.proofs)
    for (const id of topic.askedBy) {
      const role = method.people.roles.find((candidate) => candidate.id === id)
      if (role && !topic.proofs.some((proof) => proof.for.includes(levelOfRole(role))))
        faults.push({ file: 'topics.json', path: `topics[${i}].proofs`, what: `no proof that can be put before ${id}` })
    }
    topic.proofs.forEach((proof, j) => {
      want('topics.json', `topics[${i}].proofs[${j}].owner`, proof.owner, owners, 'owner')
      if (proof.leadDays[0] > proof.leadDays[1])
        faults.push({
          file: 'topics.json',
          path: `topics[${i}].proofs[${j}].leadDays`,
          what: 'fast comes before normal',
        })
    })
  })
  method.people.lastWord.forEach((id, i) => want('people.json', `lastWord[${i}]`, id, roles, 'role'))
  want('people.json', 'floorRung', method.people.floorRung, rungs, 'rung')
  method.people.rungs.forEach((rung, i) => {
    const below = method.people.rungs[i - 1]
    if (below && rung.trust < below.trust)
      faults.push({ file: 'people.json', path: `rungs[${i}].trust`, what: 'a higher rung must not be trusted less' })
  })
  method.presets.forEach((preset, i) => {
    preset.roles.forEach(({ role }, j) =>
      want(`presets/${preset.id}.json`, `roles[${j}].role`, role ?? undefined, roles, 'role'),
    )
    if (preset.id === '') faults.push({ file: 'presets', path: `[${i}]`, what: 'no id' })
  })
  // Facts whose values are ids of the people file.
  const path = method.facts.facts.find((fact) => fact.id === 'access.path')
  path?.values?.forEach((value, j) => want('facts.json', `access.path.values[${j}]`, value, paths, 'path'))
  return faults
}

export type Want = (
  file: string,
  path: string,
  id: string | undefined,
  known: ReadonlySet<string>,
  kind: string,
) => void

/** Every term and constraint is there once; facts and signals are known. */
function checkPlan(
  { plan, facts }: Methodology,
  want: Want,
  signals: ReadonlySet<string>,
  faults: MethodFault[],
): void {
  const known = new Set(facts.facts.map(({ id }) => id))
  plan.ready.forEach(({ fact }, i) => want('plan.json', `ready[${i}].fact`, fact, known, 'fact'))
  plan.leave.signals.forEach((id, i) => want('plan.json', `leave.signals[${i}]`, id, signals, 'signal'))
  for (const [key, ids] of [
    ['terms', TERMS],
    ['constraints', CONSTRAINTS],
  ] as const) {
    plan[key].forEach(({ id }, i) => {
      if (id !== ids[i])
        faults.push({ file: 'plan.json', path: `${key}[${i}].id`, what: `they come in their order, here "${ids[i]}"` })
    })
  }
}

/** Each topic has an answer, each play and topic is known, and the parts come in their order. */
function checkMeetings(
  { meetings }: Methodology,
  want: Want,
  topics: ReadonlySet<string>,
  plays: ReadonlySet<string>,
  faults: MethodFault[],
): void {
  meetings.aims.forEach(({ play }, i) => want('meetings.json', `aims[${i}].play`, play, plays, 'play'))
  meetings.answers.forEach(({ topic }, i) => want('meetings.json', `answers[${i}].topic`, topic, topics, 'topic'))
  for (const topic of topics) {
    if (!meetings.answers.some((answer) => answer.topic === topic))
      faults.push({ file: 'meetings.json', path: 'answers', what: `no answer to the topic "${topic}"` })
  }
  meetings.sections.forEach(({ id }, i) => {
    if (id !== MEETING_SECTIONS[i])
      faults.push({
        file: 'meetings.json',
        path: `sections[${i}].id`,
        what: `they come in their order, here "${MEETING_SECTIONS[i]}"`,
      })
  })
}

/** The role that makes somebody the number one of the decision. */
export const TOP_ROLE = 'number_one'

export const levelOfRole = (role: Role): PersonLevel => (role.id === TOP_ROLE ? 'top' : role.level)

function some(known: ReadonlySet<string>): string {
  const list = [...known]
  return list.length > 12 ? `${list.slice(0, 12).join(', ')}, …` : list.join(', ')
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'iu').source.length >= 0
  } catch {
    return false
  }
}
