import type { FieldFault } from '@sente/api'
import { nearestOf } from '@sente/engine'
import { fault } from './check-row.ts'
import type { DealContext } from './gateway.ts'
import { snake } from './records.ts'
import type { RecordSpec, Row } from './records.ts'
import { InvalidInput } from './refusal.ts'
import type { Tx } from './tenant.ts'

/** Who is named by the given fields of a record, and where. */
export function namedPeople(
  spec: RecordSpec,
  given: Readonly<Record<string, unknown>>,
): { id: string; field: string }[] {
  const of = (field: string, value: unknown): { id: string; field: string }[] =>
    Array.isArray(value)
      ? value.map((id: string, i) => ({ id, field: `${field}[${i}]` }))
      : typeof value === 'string'
        ? [{ id: value, field }]
        : []
  if (spec.kind === 'deal')
    return of(
      'execPlan.targets',
      (given['execPlan'] as { targets?: string[] } | null | undefined | false)
        ? (given['execPlan'] as { targets?: string[] }).targets
        : undefined,
    )
  // A stakeholder is how somebody becomes one of the deal's people.
  if (spec.kind === 'stakeholder') return []
  return [
    ...spec.persons.flatMap(({ field }) => of(field, given[field])),
    ...spec.subjects.flatMap((field) => (isUuid(given[field]) ? of(field, given[field]) : [])),
  ]
}

/** Which rivals are named by the given fields of a record, by their keys, and where. */
export function namedRivals(
  spec: RecordSpec,
  given: Readonly<Record<string, unknown>>,
): { key: string; field: string }[] {
  const differs = spec.kind === 'ucv' ? (given['differsFrom'] as Record<string, string> | null | undefined) : undefined
  return [
    ...Object.keys(differs ?? {}).map((key) => ({ key, field: `differsFrom.${key}` })),
    ...spec.subjects.flatMap((field) => {
      const value = given[field]
      return typeof value === 'string' && value !== 'us' && !isUuid(value) ? [{ key: value, field }] : []
    }),
  ]
}

const isUuid = (value: unknown): boolean =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)

/**
 * Of those named, the ones who are not among the deal's people yet. They join without further ado when they belong to the deal's account;
 * anybody else has to be added on purpose, so that a slip of the pen does not bring in somebody of another customer.
 */
export async function newcomers(
  tx: Tx,
  named: readonly { id: string; field: string }[],
  { id: dealId, accountId }: DealContext,
): Promise<string[]> {
  if (named.length === 0) return []
  const people = await tx.rows<{ id: string; name: string; account_id: string; present: boolean }>(
    `select p.id, p.name, p.account_id, exists (select
       from stakeholder s
       where s.workspace_id = $1 and s.deal_id = $3 and s.person_id = p.id) as present
     from person p where p.workspace_id = $1 and p.id = any($2::uuid[])`,
    [tx.workspaceId, [...new Set(named.map(({ id }) => id))], dealId],
    'newcomers',
  )
  const found = new Map(people.map((person) => [person.id, person]))
  const missing = named.filter(({ id }) => found.get(id)?.present !== true)
  const faults = missing.flatMap(({ id, field }): FieldFault[] => {
    const person = found.get(id)
    if (!person) return [fault(field, { en: 'There is no such person.', zh: '没有这个人。' })]
    if (accountId !== null && person.account_id === accountId) return []
    return [
      fault(field, {
        en: `${person.name} is not among the people of this deal, nor of its account. Add them as a stakeholder first.`,
        zh: `${person.name} 不在这个商机的人员中，也不属于它的客户。请先把此人加为干系人。`,
      }),
    ]
  })
  if (faults.length > 0) throw new InvalidInput(faults)
  return [...new Set(missing.map(({ id }) => id))]
}

/** A short name for somebody in the deal's file: of the letters of the name where it has any, else `p1`, `p2` …; unlike all others. */
export function keyFor(name: string, taken: ReadonlySet<string>, prefix: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
  if (slug !== '' && !taken.has(slug)) return slug
  for (let n = slug === '' ? 1 : 2; ; n++) {
    const key = slug === '' ? `${prefix}${n}` : `${slug}-${n}`
    if (!taken.has(key)) return key
  }
}

/** Refuses a line of reporting that comes back to where it began. Changes of such lines wait for each other: two could close a circle together. */
export async function checkReportsTo(tx: Tx, personId: string, bossId: unknown): Promise<void> {
  if (typeof bossId !== 'string') return
  await tx.rows('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`reports ${tx.workspaceId}`])
  const [found] = await tx.rows<{ there: boolean; circle: boolean }>(
    `with recursive above as (
       select id, reports_to, 1 as steps from person where workspace_id = $1 and id = $2
       union all
       select p.id, p.reports_to, a.steps + 1
       from person p
       join above a on p.workspace_id = $1 and p.id = a.reports_to
       where a.id <> $3 and a.steps < 100
     ) select count(*) > 0 as there, coalesce(bool_or(id = $3), false) as circle from above`,
    [tx.workspaceId, bossId, personId],
  )
  if (!found!.there)
    throw new InvalidInput([fault('reportsTo', { en: 'There is no such person.', zh: '没有这个人。' })])
  if (found!.circle)
    throw new InvalidInput([
      fault('reportsTo', {
        en: 'That would make a circle: this person would report to themselves in the end.',
        zh: '这样会形成循环：最终此人会向自己汇报。',
      }),
    ])
}

/** Refuses a parent that is not in the same deal, and rivals that are not. */
export async function checkNeighbours(
  tx: Tx,
  spec: RecordSpec,
  given: Readonly<Record<string, unknown>>,
  row: Row,
): Promise<void> {
  if (spec.parent && typeof given[spec.parent.field] === 'string') {
    const [found] = await tx.rows(
      `select
       from "${snake(spec.parent.kind)}"
       where workspace_id = $1 and deal_id = $2 and id = $3`,
      [tx.workspaceId, row['deal_id'], given[spec.parent.field]],
    )
    if (!found)
      throw new InvalidInput([
        fault(spec.parent.field, { en: `This deal has no such ${spec.parent.kind}.`, zh: '这个商机里没有这条记录。' }),
      ])
  }
  const named = namedRivals(spec, given)
  if (named.length === 0) return
  const rivals = (
    await tx.rows<{ key: string }>('select key from rival where workspace_id = $1 and deal_id = $2', [
      tx.workspaceId,
      row['deal_id'],
    ])
  ).map(({ key }) => key)
  const faults = named
    .filter(({ key }) => !rivals.includes(key))
    .map(({ key, field }): FieldFault => {
      const nearest = nearestOf(key, rivals)
      return {
        ...fault(field, { en: `This deal has no rival "${key}".`, zh: `这个商机里没有对手“${key}”。` }),
        allowed: rivals,
        ...(nearest === undefined ? {} : { nearest }),
      }
    })
  if (faults.length > 0) throw new InvalidInput(faults)
}
