import { nearestOf } from '../core/nearest.ts'
import { isPlainDate } from '../core/dates.ts'
import type { Methodology } from '../methodology/schema.ts'
import type { DealFault, DealFaultCode } from './deal.ts'

type Path = (string | number)[]
type Raw = Record<string, unknown>

const isObject = (value: unknown): value is Raw => value !== null && typeof value === 'object' && !Array.isArray(value)
const objects = (value: unknown): [Raw, number][] =>
  Array.isArray(value) ? value.flatMap((item, i): [Raw, number][] => (isObject(item) ? [[item, i]] : [])) : []
const strings = (value: unknown): [string, number][] =>
  Array.isArray(value)
    ? value.flatMap((item, i): [string, number][] => (typeof item === 'string' ? [[item, i]] : []))
    : []

const isDay = (value: unknown): value is string => typeof value === 'string' && isPlainDate(value)

/**
 * What no shape can see: names that lead nowhere, dates in the wrong order, ids used twice, circles of reporting. Works on
 * the raw file, so that a fault of shape in one place hides no other fault elsewhere.
 */
export function meaningFaults(raw: unknown, methodology: Methodology): DealFault[] {
  if (!isObject(raw)) return []
  const check = new Check(raw)
  for (const part of [status, people, rivals, evidence, touches, proofs, ucv, process, plan, commitments, us])
    part(check, raw, methodology)
  return check.faults
}

/** The faults found so far, and the questions that many places of a file are asked. */
class Check {
  readonly faults: DealFault[] = []
  readonly people: Set<string>
  readonly rivals: Set<string>

  constructor(raw: Raw) {
    this.people = this.#idsOf(raw, 'people')
    this.rivals = this.#idsOf(raw, 'rivals')
    for (const key of ['evidence', 'touches', 'plan']) this.#idsOf(raw, key)
  }

  say(path: Path, code: DealFaultCode, en: string, zh: string, more: Partial<DealFault> = {}): void {
    this.faults.push({ path, code, what: { en, zh }, ...more })
  }

  /** A name that is none of those allowed. */
  unknown(path: Path, code: DealFaultCode, id: string, allowed: readonly string[], en: string, zh: string): void {
    const nearest = nearestOf(id, allowed)
    this.say(path, code, en, zh, { allowed: [...allowed], ...(nearest ? { nearest } : {}) })
  }

  #idsOf(raw: Raw, key: string): Set<string> {
    const ids = new Set<string>()
    for (const [{ id }, i] of objects(raw[key])) {
      if (typeof id !== 'string') continue
      if (ids.has(id))
        this.say([key, i, 'id'], 'duplicate-id', `"${id}" is used twice in ${key}.`, `${key} 里“${id}”用了两次。`)
      else ids.add(id)
    }
    return ids
  }

  person(path: Path, id: unknown): void {
    if (typeof id !== 'string' || this.people.has(id)) return
    this.unknown(path, 'unknown-person', id, [...this.people], `No person "${id}" in people.`, `people 里没有“${id}”。`)
  }

  persons(path: Path, ids: unknown): void {
    for (const [id, i] of strings(ids)) this.person([...path, i], id)
  }

  rival(path: Path, id: string): void {
    if (this.rivals.has(id)) return
    this.unknown(path, 'unknown-rival', id, [...this.rivals], `No rival "${id}" in rivals.`, `rivals 里没有“${id}”。`)
  }

  subject(path: Path, id: unknown): void {
    if (typeof id !== 'string' || id === 'us' || this.people.has(id) || this.rivals.has(id)) return
    this.unknown(
      path,
      'unknown-person',
      id,
      [...this.people, ...this.rivals, 'us'],
      `No person or rival "${id}", nor "us".`,
      `people 和 rivals 里都没有“${id}”，也不是 us。`,
    )
  }

  order(path: Path, earlier: unknown, later: unknown, en: string, zh: string): void {
    if (isDay(earlier) && isDay(later) && later < earlier) this.say(path, 'date-order', en, zh)
  }

  history(path: Path, list: unknown): void {
    const dated = objects(list)
    dated.forEach(([item, i], n) => {
      const before = dated[n - 1]?.[0]
      if (before)
        this.order(
          [...path, i, 'on'],
          before['on'],
          item['on'],
          'Earlier than the entry before it; list the oldest first.',
          '早于上一条，请按时间先后排列。',
        )
    })
  }
}

function status(check: Check, raw: Raw): void {
  const { status: state, closedOn } = raw
  if (state !== undefined && state !== 'open' && typeof state === 'string' && closedOn === undefined)
    check.say(
      ['status'],
      'missing-key',
      `A deal that is ${state} needs closedOn.`,
      `状态为 ${state} 的商机需要 closedOn。`,
    )
  if ((state === undefined || state === 'open') && closedOn !== undefined)
    check.say(
      ['closedOn'],
      'not-allowed',
      'closedOn without a status won, lost or no-decision.',
      '写了 closedOn，但状态不是 won、lost 或 no-decision。',
      { allowed: ['won', 'lost', 'no-decision'] },
    )
  check.order(['closedOn'], raw['openedOn'], closedOn, 'Closed before it was opened.', '关闭早于立单。')
  check.order(['closedOn'], raw['firstContactOn'], closedOn, 'Closed before the first contact.', '关闭早于首次接触。')
}

function people(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['people'])) {
    if (typeof item['reportsTo'] === 'string') check.person(['people', i, 'reportsTo'], item['reportsTo'])
    check.history(['people', i, 'stance'], item['stance'])
    check.history(['people', i, 'hold'], item['hold'])
  }
  for (const id of circle(raw['people'])) {
    const i = objects(raw['people']).find(([item]) => item['id'] === id)?.[1] ?? 0
    check.say(
      ['people', i, 'reportsTo'],
      'cycle',
      `"${id}" reports to somebody who reports to "${id}".`,
      `“${id}”的上级又汇报给“${id}”。`,
    )
  }
}

function rivals(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['rivals']))
    for (const [contact, j] of objects(item['contacts']))
      check.person(['rivals', i, 'contacts', j, 'person'], contact['person'])
}

function evidence(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['evidence'])) {
    check.person(['evidence', i, 'from'], item['from'])
    check.subject(['evidence', i, 'about'], item['about'])
    check.order(
      ['evidence', i, 'recordedOn'],
      item['on'],
      item['recordedOn'],
      'Recorded before it happened.',
      '记录早于发生。',
    )
    if (item['status'] !== undefined && (item['confirmed'] !== undefined || item['rejected'] !== undefined))
      check.say(
        ['evidence', i, 'status'],
        'not-allowed',
        'Either status or confirmed/rejected, not both.',
        'status 与 confirmed/rejected 只能写一个。',
      )
  }
}

function touches(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['touches'])) {
    check.persons(['touches', i, 'with'], item['with'])
    check.order(
      ['touches', i, 'recordedOn'],
      item['on'],
      item['recordedOn'],
      'Recorded before it happened.',
      '记录早于发生。',
    )
  }
}

function proofs(check: Check, raw: Raw, methodology: Methodology): void {
  const topics = new Map(methodology.topics.topics.map((topic) => [topic.id, topic.proofs.map((proof) => proof.id)]))
  for (const [item, i] of objects(raw['proofs'])) {
    check.persons(['proofs', i, 'for'], item['for'])
    const known = typeof item['topic'] === 'string' ? topics.get(item['topic']) : undefined
    if (known && typeof item['proof'] === 'string' && !known.includes(item['proof'])) {
      check.unknown(
        ['proofs', i, 'proof'],
        'unknown-proof',
        item['proof'],
        known,
        `The topic ${String(item['topic'])} has no proof "${item['proof']}".`,
        `议题 ${String(item['topic'])} 没有证明“${item['proof']}”。`,
      )
    }
    if (item['history'] !== undefined && item['status'] !== undefined)
      check.say(
        ['proofs', i, 'status'],
        'not-allowed',
        'Either status or history, not both.',
        'status 与 history 只能写一个。',
      )
    check.history(['proofs', i, 'history'], item['history'])
    check.order(
      ['proofs', i, 'expiresOn'],
      item['readyOn'],
      item['expiresOn'],
      'Expires before it is ready.',
      '失效早于就绪。',
    )
    check.order(
      ['proofs', i, 'expiresOn'],
      item['on'],
      item['expiresOn'],
      'Expires before it counts.',
      '失效早于生效。',
    )
  }
}

function ucv(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['ucv'])) {
    check.person(['ucv', i, 'confirmedBy'], item['confirmedBy'])
    if (isObject(item['differsFrom']))
      for (const id of Object.keys(item['differsFrom'])) check.rival(['ucv', i, 'differsFrom', id], id)
  }
}

function process(check: Check, raw: Raw, methodology: Methodology): void {
  const milestones = methodology.phases.milestones.map(({ id }) => id)
  for (const [item, i] of objects(raw['process'])) {
    if (typeof item['step'] !== 'string' || milestones.includes(item['step']) || item['phase'] !== undefined) continue
    check.unknown(
      ['process', i, 'step'],
      'unknown-step',
      item['step'],
      milestones,
      `"${item['step']}" is not a step the method knows: give it a phase.`,
      `方法里没有步骤“${item['step']}”：请写明 phase。`,
    )
  }
}

function plan(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['plan'])) {
    check.persons(['plan', i, 'with'], item['with'])
    check.person(['plan', i, 'through'], item['through'])
  }
  for (const [item, i] of objects(raw['setAside'])) check.person(['setAside', i, 'person'], item['person'])
  if (isObject(raw['execPlan'])) check.persons(['execPlan', 'targets'], raw['execPlan']['targets'])
}

function commitments(check: Check, raw: Raw): void {
  for (const [item, i] of objects(raw['commitments'])) {
    check.person(['commitments', i, 'to'], item['to'])
    check.order(
      ['commitments', i, 'brokenOn'],
      item['promisedOn'],
      item['brokenOn'],
      'Broken before it was promised.',
      '失约早于承诺。',
    )
    check.order(
      ['commitments', i, 'doneOn'],
      item['promisedOn'],
      item['doneOn'],
      'Done before it was promised.',
      '完成早于承诺。',
    )
    check.order(
      ['commitments', i, 'dueOn'],
      item['promisedOn'],
      item['dueOn'],
      'Due before it was promised.',
      '到期早于承诺。',
    )
  }
}

function us(check: Check, raw: Raw): void {
  if (isObject(raw['us'])) {
    for (const [item, i] of objects(raw['us']['blackouts']))
      check.order(['us', 'blackouts', i, 'to'], item['from'], item['to'], 'Ends before it starts.', '结束早于开始。')
    for (const [one, i] of objects(raw['us']['team']))
      for (const [item, j] of objects(one['absences']))
        check.order(
          ['us', 'team', i, 'absences', j, 'to'],
          item['from'],
          item['to'],
          'Ends before it starts.',
          '结束早于开始。',
        )
  }
}

/** One person of each circle of reporting lines. */
function circle(list: unknown): string[] {
  const above = new Map<string, string>()
  for (const [item] of objects(list)) {
    if (typeof item['id'] === 'string' && typeof item['reportsTo'] === 'string')
      above.set(item['id'], item['reportsTo'])
  }
  const found: string[] = []
  const done = new Set<string>()
  for (const start of above.keys()) {
    const way: string[] = []
    let at: string | undefined = start
    while (at !== undefined && !done.has(at) && !way.includes(at)) {
      way.push(at)
      at = above.get(at)
    }
    if (at !== undefined && way.includes(at)) found.push(at)
    for (const id of way) done.add(id)
  }
  return found
}
