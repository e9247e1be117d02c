import type { MethodFault } from './fault.ts'
import type { Methodology } from './schema.ts'
import { PHASES } from './schema.ts'

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
  idsOf('phases.json', 'milestones', method.phases.milestones)
  idsOf('outlook.json', 'features', method.outlook.features)
  idsOf('presets', 'presets', method.presets)

  const want = (file: string, path: string, id: string | undefined, known: ReadonlySet<string>, kind: string): void => {
    if (id !== undefined && !known.has(id))
      faults.push({ file, path, what: `no ${kind} "${id}"`, allowed: some(known) })
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
  method.signals.signals.forEach((signal, i) => {
    const at = `signals[${i}]`
    if (Object.keys(signal.phases).length === 0)
      faults.push({ file: 'signals.json', path: `${at}.phases`, what: 'says nothing of any phase' })
    const from = new Set([...roles, ...sources])
    signal.from.forEach((id, j) => want('signals.json', `${at}.from[${j}]`, id, from, 'role or source'))
    want('signals.json', `${at}.topic`, signal.topic, topics, 'topic')
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
  })
  method.rules.rules.forEach((rule, i) => {
    rule.recommend.forEach((id, j) => want('rules.json', `rules[${i}].recommend[${j}]`, id, plays, 'play'))
  })
  method.topics.topics.forEach((topic, i) => {
    topic.askedBy.forEach((id, j) => want('topics.json', `topics[${i}].askedBy[${j}]`, id, roles, 'role'))
    for (const trait of Object.keys(topic.weightWith))
      want('topics.json', `topics[${i}].weightWith.${trait}`, trait, traits, 'trait')
    idsOf('topics.json', `topics[${i}].proofs`, topic.proofs)
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
