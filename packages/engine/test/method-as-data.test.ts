import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { METHOD } from './support/method.ts'

const SOURCE = new URL('../src/', import.meta.url)
const files = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))

/** Words of a file outside its comments. */
function wordsOf(name: string): Set<string> {
  const code = readFileSync(new URL(name, SOURCE), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/(^|\s)\/\/.*$/gm, ' ')
  // With their dots: `execs.top.hold_commitment` is a fact, not the play of that name.
  return new Set(code.match(/[A-Za-z0-9_.]+/g))
}

describe('the method is data', () => {
  // An id of one word may be an ordinary word of the language as well ("shortlisted"); only in quotes it is the id.
  const ids = [...METHOD.signals.signals, ...METHOD.plays.plays, ...METHOD.rules.rules].map(({ id }) => id)
  const compound = ids.filter((id) => id.includes('_'))
  const single = ids.filter((id) => !id.includes('_'))

  test('engine code names no signal, no play and no rule', () => {
    const named = files.flatMap((name) => {
      const words = wordsOf(name)
      return compound.filter((id) => words.has(id)).map((id) => `${name}: ${id}`)
    })
    expect(files.length).toBeGreaterThan(50)
    expect(named).toEqual([])
  })

  test('the ids that are ordinary words are few enough to be looked at by hand', () => {
    expect(single.toSorted()).toEqual(['shortlisted'])
  })
})

describe('the effects of signals', () => {
  const EFFECTS = [
    'asks',
    'hints',
    'stance',
    'hold',
    'shows',
    'rival',
    'event',
    'milestone',
    'promise',
    'silence',
    'tags',
    'rung',
    'lowersRung',
    'answers',
  ] as const

  test('only these say nothing beyond the phase', () => {
    const without = METHOD.signals.signals.filter((signal) => EFFECTS.every((key) => signal[key] === undefined))
    expect(without.map(({ id }) => id).toSorted()).toEqual([
      'benchmarking_trip',
      'bid_protest',
      'exec_strategy_announced',
      'incumbent_contract_expiring',
      'just_learning',
      'kickoff_date_discussed',
      'more_departments_join',
      'payment_received',
      'peer_already_did_it',
      'planning_budget_cycle_open',
      'renewal_discussed',
      'rfi_issued',
      'scope_phasing_debated',
      'signature_workflow',
      'vendor_onboarding',
    ])
    expect(without.length).toBeLessThanOrEqual(40)
  })

  test('every event of the method is reported by a signal that has not been replaced', () => {
    const reported = new Set(METHOD.signals.signals.flatMap(({ event, replacedBy }) => (replacedBy ? [] : [event])))
    expect(METHOD.signals.events.filter(({ id }) => !reported.has(id))).toEqual([])
  })
})
