import type { MethodFault } from './fault.ts'
import type { Comparison, Condition, FactDefinition, Methodology } from './schema.ts'

const NUMERIC = new Set<FactDefinition['type']>(['int', 'number', 'share', 'percent'])
/** Values of facts that are lists of ids of other files, or free words. */
const PLACE = /\{([^{}]*)\}/g

/** Every rule's and precondition's fact exists, operator and value fit its type, and messages name facts, the same in both languages. */
export function checkConditions(method: Methodology): MethodFault[] {
  const faults: MethodFault[] = []
  const facts = new Map(method.facts.facts.map((fact) => [fact.id, fact]))
  const lists = new Map<string, ReadonlySet<string>>([
    ['plan.scheduled_plays', new Set(method.plays.plays.map((play) => play.id))],
    ['risk.addressed', new Set(method.topics.topics.map((topic) => topic.id))],
    ['risk.categories_open', new Set(method.topics.topics.map((topic) => topic.id))],
  ])

  const checkComparison = (file: string, path: string, { fact: id, op, value }: Comparison): void => {
    const say = (what: string, allowed?: string): void =>
      void faults.push({ file, path, what, ...(allowed ? { allowed } : {}) })
    const fact = facts.get(id)
    if (!fact) return say(`no fact "${id}"`)
    if (typeof value === 'object' && 'fact' in value) {
      if (!facts.has(value.fact)) say(`no fact "${value.fact}"`)
      return
    }
    const ordered = op === '<' || op === '<=' || op === '>' || op === '>='
    if (ordered && !NUMERIC.has(fact.type)) say(`"${op}" needs a number, ${id} is ${fact.type}`)
    if ((op === 'contains' || op === 'lacks') && fact.type !== 'list')
      say(`"${op}" needs a list, ${id} is ${fact.type}`)
    if ((op === 'in') !== Array.isArray(value))
      say(op === 'in' ? '"in" needs a list of values' : 'a list of values needs "in"')
    for (const single of [value].flat()) {
      if (NUMERIC.has(fact.type) && typeof single !== 'number') say(`${id} is a number, not ${JSON.stringify(single)}`)
      if (fact.type === 'bool' && typeof single !== 'boolean')
        say(`${id} is true or false, not ${JSON.stringify(single)}`)
      const allowed = fact.type === 'enum' ? new Set(fact.values) : lists.get(id)
      if (allowed && !allowed.has(String(single)))
        say(`${id} is never ${JSON.stringify(single)}`, [...allowed].slice(0, 12).join(', '))
    }
  }
  const checkCondition = (file: string, path: string, condition: Condition): void => {
    if ('all' in condition) condition.all.forEach((part, i) => checkCondition(file, `${path}.all[${i}]`, part))
    else if ('any' in condition) condition.any.forEach((part, i) => checkCondition(file, `${path}.any[${i}]`, part))
    else checkComparison(file, path, condition)
  }

  method.rules.rules.forEach((rule, i) => {
    checkCondition('rules.json', `rules[${i}].when`, rule.when)
    const places = { en: placesOf(rule.message.en), zh: placesOf(rule.message.zh) }
    for (const lang of ['en', 'zh'] as const) {
      for (const place of places[lang]) {
        if (!facts.has(place))
          faults.push({ file: 'rules.json', path: `rules[${i}].message.${lang}`, what: `{${place}} is no fact` })
      }
    }
    if (places.en.join() !== places.zh.join())
      faults.push({
        file: 'rules.json',
        path: `rules[${i}].message`,
        what: 'the two languages fill in different facts',
      })
  })
  method.plays.plays.forEach((play, i) =>
    play.preconditions.forEach((condition, j) =>
      checkComparison('plays.json', `plays[${i}].preconditions[${j}]`, condition),
    ),
  )
  method.facts.facts.forEach((fact, i) => {
    if (fact.type === 'enum' && !fact.values?.length)
      faults.push({ file: 'facts.json', path: `facts[${i}].values`, what: 'an enum needs its values' })
  })
  return faults
}

function placesOf(message: string): string[] {
  return [...new Set([...message.matchAll(PLACE)].map((match) => match[1]!))].sort()
}
