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

/**
 * What no shape can see: names that lead nowhere, dates in the wrong order, ids used twice, circles of reporting. Works on
 * the raw file, so that a fault of shape in one place hides no other fault elsewhere.
 */
export function meaningFaults(raw: unknown, methodology: Methodology): DealFault[] {
  if (!isObject(raw)) return []
  const faults: DealFault[] = []
  const say = (path: Path, code: DealFaultCode, en: string, zh: string, more: Partial<DealFault> = {}): void =>
    void faults.push({ path, code, what: { en, zh }, ...more })

  const idsOf = (key: string, needed: boolean): Set<string> => {
    const ids = new Set<string>()
    for (const [item, i] of objects(raw[key])) {
      const { id } = item
      if (typeof id !== 'string') continue
      if (ids.has(id))
        say([key, i, 'id'], 'duplicate-id', `"${id}" is used twice in ${key}.`, `${key} 里“${id}”用了两次。`)
      else ids.add(id)
    }
    return needed || ids.size > 0 ? ids : new Set()
  }
  const people = idsOf('people', true)
  const rivals = idsOf('rivals', true)
  for (const key of ['evidence', 'touches', 'plan']) idsOf(key, false)

  const person = (path: Path, id: unknown): void => {
    if (typeof id !== 'string' || people.has(id)) return
    const nearest = nearestOf(id, people)
    say(path, 'unknown-person', `No person "${id}" in people.`, `people 里没有“${id}”。`, {
      allowed: [...people],
      ...(nearest ? { nearest } : {}),
    })
  }
  const rival = (path: Path, id: string): void => {
    if (rivals.has(id)) return
    const nearest = nearestOf(id, rivals)
    say(path, 'unknown-rival', `No rival "${id}" in rivals.`, `rivals 里没有“${id}”。`, {
      allowed: [...rivals],
      ...(nearest ? { nearest } : {}),
    })
  }
  const subject = (path: Path, id: unknown): void => {
    if (typeof id !== 'string' || id === 'us' || people.has(id) || rivals.has(id)) return
    const allowed = [...people, ...rivals, 'us']
    const nearest = nearestOf(id, allowed)
    say(
      path,
      'unknown-person',
      `No person or rival "${id}", nor "us".`,
      `people 和 rivals 里都没有“${id}”，也不是 us。`,
      {
        allowed,
        ...(nearest ? { nearest } : {}),
      },
    )
  }
  const order = (path: Path, earlier: unknown, later: unknown, en: string, zh: string): void => {
    if (
      typeof earlier === 'string' &&
      typeof later === 'string' &&
      isPlainDate(earlier) &&
      isPlainDate(later) &&
      later < earlier
    )
      say(path, 'date-order', en, zh)
  }
  const history = (path: Path, list: unknown): void => {
    const dated = objects(list)
    dated.forEach(([item, i], n) => {
      const before = dated[n - 1]?.[0]
      if (before)
        order(
          [...path, i, 'on'],
          before['on'],
          item['on'],
          'Earlier than the entry before it; list the oldest first.',
          '早于上一条，请按时间先后排列。',
        )
    })
  }

  // dates of the deal
  const { status, closedOn } = raw
  if (status !== undefined && status !== 'open' && typeof status === 'string' && closedOn === undefined)
    say(['status'], 'missing-key', `A deal that is ${status} needs closedOn.`, `状态为 ${status} 的商机需要 closedOn。`)
  if ((status === undefined || status === 'open') && closedOn !== undefined)
    say(
      ['closedOn'],
      'not-allowed',
      'closedOn without a status won, lost or no-decision.',
      '写了 closedOn，但状态不是 won、lost 或 no-decision。',
      { allowed: ['won', 'lost', 'no-decision'] },
    )
  order(['closedOn'], raw['openedOn'], closedOn, 'Closed before it was opened.', '关闭早于立单。')
  order(['closedOn'], raw['firstContactOn'], closedOn, 'Closed before the first contact.', '关闭早于首次接触。')

  for (const [item, i] of objects(raw['people'])) {
    if (typeof item['reportsTo'] === 'string') person(['people', i, 'reportsTo'], item['reportsTo'])
    history(['people', i, 'stance'], item['stance'])
    history(['people', i, 'hold'], item['hold'])
  }
  for (const id of circle(raw['people'])) {
    const i = objects(raw['people']).find(([item]) => item['id'] === id)?.[1] ?? 0
    say(
      ['people', i, 'reportsTo'],
      'cycle',
      `"${id}" reports to somebody who reports to "${id}".`,
      `“${id}”的上级又汇报给“${id}”。`,
    )
  }
  for (const [item, i] of objects(raw['rivals']))
    for (const [contact, j] of objects(item['contacts']))
      person(['rivals', i, 'contacts', j, 'person'], contact['person'])
  for (const [item, i] of objects(raw['evidence'])) {
    person(['evidence', i, 'from'], item['from'])
    subject(['evidence', i, 'about'], item['about'])
    order(
      ['evidence', i, 'recordedOn'],
      item['on'],
      item['recordedOn'],
      'Recorded before it happened.',
      '记录早于发生。',
    )
    if (item['status'] !== undefined && (item['confirmed'] !== undefined || item['rejected'] !== undefined))
      say(
        ['evidence', i, 'status'],
        'not-allowed',
        'Either status or confirmed/rejected, not both.',
        'status 与 confirmed/rejected 只能写一个。',
      )
  }
  for (const [item, i] of objects(raw['touches'])) {
    for (const [id, j] of strings(item['with'])) person(['touches', i, 'with', j], id)
    order(
      ['touches', i, 'recordedOn'],
      item['on'],
      item['recordedOn'],
      'Recorded before it happened.',
      '记录早于发生。',
    )
  }
  const topics = new Map(methodology.topics.topics.map((topic) => [topic.id, topic.proofs.map((proof) => proof.id)]))
  for (const [item, i] of objects(raw['proofs'])) {
    for (const [id, j] of strings(item['for'])) person(['proofs', i, 'for', j], id)
    const known = typeof item['topic'] === 'string' ? topics.get(item['topic']) : undefined
    if (known && typeof item['proof'] === 'string' && !known.includes(item['proof'])) {
      const nearest = nearestOf(item['proof'], known)
      say(
        ['proofs', i, 'proof'],
        'unknown-proof',
        `The topic ${String(item['topic'])} has no proof "${item['proof']}".`,
        `议题 ${String(item['topic'])} 没有证明“${item['proof']}”。`,
        {
          allowed: known,
          ...(nearest ? { nearest } : {}),
        },
      )
    }
    if (item['history'] !== undefined && item['status'] !== undefined)
      say(
        ['proofs', i, 'status'],
        'not-allowed',
        'Either status or history, not both.',
        'status 与 history 只能写一个。',
      )
    history(['proofs', i, 'history'], item['history'])
    order(
      ['proofs', i, 'expiresOn'],
      item['readyOn'],
      item['expiresOn'],
      'Expires before it is ready.',
      '失效早于就绪。',
    )
    order(['proofs', i, 'expiresOn'], item['on'], item['expiresOn'], 'Expires before it counts.', '失效早于生效。')
  }
  for (const [item, i] of objects(raw['ucv'])) {
    person(['ucv', i, 'confirmedBy'], item['confirmedBy'])
    if (isObject(item['differsFrom']))
      for (const id of Object.keys(item['differsFrom'])) rival(['ucv', i, 'differsFrom', id], id)
  }
  const milestones = methodology.phases.milestones.map(({ id }) => id)
  for (const [item, i] of objects(raw['process'])) {
    if (typeof item['step'] !== 'string' || milestones.includes(item['step']) || item['phase'] !== undefined) continue
    const nearest = nearestOf(item['step'], milestones)
    say(
      ['process', i, 'step'],
      'unknown-step',
      `"${item['step']}" is not a step the method knows: give it a phase.`,
      `方法里没有步骤“${item['step']}”：请写明 phase。`,
      {
        allowed: milestones,
        ...(nearest ? { nearest } : {}),
      },
    )
  }
  for (const [item, i] of objects(raw['plan']))
    for (const [id, j] of strings(item['with'])) person(['plan', i, 'with', j], id)
  if (isObject(raw['execPlan']))
    for (const [id, j] of strings(raw['execPlan']['targets'])) person(['execPlan', 'targets', j], id)
  for (const [item, i] of objects(raw['commitments'])) {
    order(
      ['commitments', i, 'doneOn'],
      item['promisedOn'],
      item['doneOn'],
      'Done before it was promised.',
      '完成早于承诺。',
    )
    order(
      ['commitments', i, 'dueOn'],
      item['promisedOn'],
      item['dueOn'],
      'Due before it was promised.',
      '到期早于承诺。',
    )
  }
  if (isObject(raw['us'])) {
    for (const [item, i] of objects(raw['us']['blackouts']))
      order(['us', 'blackouts', i, 'to'], item['from'], item['to'], 'Ends before it starts.', '结束早于开始。')
  }
  return faults
}

/** One person of each circle of reporting lines. */
function circle(people: unknown): string[] {
  const above = new Map<string, string>()
  for (const [item] of objects(people)) {
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
