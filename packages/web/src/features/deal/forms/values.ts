import type { FactInput, KindName } from '@sente/api'
import type { AnyRecord, Target } from '../../../shared/api/edits-model.ts'
import { recordIn } from '../../../shared/api/edits-model.ts'
import type { Batch } from '../edits.ts'
import type { DealView, Editing } from '../context.ts'
import { knownIn, latest, newKey } from '../model/people.ts'
import { spelled } from '../model/method-index.ts'
import { changed, created, isBlank } from './spec.ts'
import type { FieldSpec, Values } from './spec.ts'

/** Forms show some records of several tables as one thing: a person with part, stance and hold; a proof with its status. */

const PERSON = new Set(['name', 'title', 'local', 'email', 'phone', 'leftOn', 'reportsTo'])
const PART = new Set(['roles', 'influence', 'path', 'agenda', 'pressures', 'businessModel'])
const pick = (specs: readonly FieldSpec[], names: ReadonlySet<string>): FieldSpec[] =>
  specs.filter(({ name }) => names.has(name))

/** A form's values for what is to be edited; new records start with today. */
export function valuesOf(view: DealView, { target, id, prefill = {} }: Editing): Values {
  const { whole, asOf } = view
  const record = id === undefined ? undefined : recordIn(whole, target, id)
  if (!record) return { ...fresh(target, asOf), ...prefill }
  if (target === 'stakeholder') {
    const personId = record['personId'] as string
    const { name, title, local, email, phone, leftOn, reportsTo } = view.byPerson.get(personId)?.person ?? { name: '?' }
    const stance = latest(whole.stance, personId, asOf)?.value
    return {
      ...record,
      roles: ((record['roles'] as string[]) ?? []).map(spelled),
      path: typeof record['path'] === 'string' ? spelled(record['path']) : undefined,
      name,
      title,
      local,
      email,
      phone,
      leftOn,
      reportsTo: reportsTo === false ? 'none' : reportsTo,
      stance: stance === undefined ? undefined : String(Math.round(stance)),
      hold: latest(whole.hold, personId, asOf)?.state,
      ...prefill,
    }
  }
  if (target === 'proof') return { ...record, ...statusOf(view, record.id), ...prefill }
  return { ...record, ...prefill }
}

function fresh(target: Target, asOf: string): Values {
  switch (target) {
    case 'touch':
      return { on: asOf, outcome: 'done' }
    case 'commitment':
      return { promisedOn: asOf }
    case 'proof':
      return { status: 'preparing', statusOn: asOf }
    case 'evidence':
      return { on: asOf, confidence: 1, status: 'confirmed' }
    case 'estimate':
      return { on: asOf, side: 'seller' }
    case 'planStep':
      return { status: 'open' }
    case 'ourStep':
      return { status: 'done', on: asOf }
    case 'ucv':
    case 'pin':
    case 'discount':
    case 'note':
    case 'rivalContact':
      return { on: asOf }
    default:
      return {}
  }
}

/** The status a proof has today: the one with the latest day. */
export function statusOf(
  { whole, asOf }: Pick<DealView, 'whole' | 'asOf'>,
  proofId: string,
): { status?: string; statusOn?: string | undefined } {
  const last = (whole.proofStatus ?? [])
    .filter((one) => one.proofId === proofId && (one.on ?? '') <= asOf)
    .sort((a, b) => (a.on ?? '').localeCompare(b.on ?? '') || a.createdAt.localeCompare(b.createdAt))
    .at(-1)
  return last ? { status: last.status, statusOn: last.on } : {}
}

/** Writes a form's values as the records they belong to. */
export function save(
  view: DealView,
  batch: Batch,
  { target, id }: Editing,
  specs: readonly FieldSpec[],
  before: Values,
  values: Values,
): void {
  const record = id === undefined ? undefined : recordIn(view.whole, target, id)
  if (target === 'stakeholder') return savePerson(view, batch, record, specs, before, values)
  if (target === 'proof') return saveProof(view, batch, record, specs, before, values)
  if (record) batch.update(target, record, changed(specs, before, values))
  else {
    // A rival goes by a short name in the deal file, as people do.
    const key =
      target === 'rival'
        ? {
            key: newKey(
              String(values['name'] ?? ''),
              new Set((view.whole.rival ?? []).flatMap(({ key }) => key ?? [])),
            ),
          }
        : {}
    batch.create(target as KindName, { ...key, ...created(specs, values) } as FactInput<KindName>)
  }
}

function savePerson(
  view: DealView,
  batch: Batch,
  part: AnyRecord | undefined,
  specs: readonly FieldSpec[],
  before: Values,
  values: Values,
): void {
  // The API says `false` for "reports to nobody"; a list of choices cannot.
  const told = { ...values, reportsTo: values['reportsTo'] === 'none' ? false : values['reportsTo'] }
  const was = { ...before, reportsTo: before['reportsTo'] === 'none' ? false : before['reportsTo'] }
  let personId = part?.['personId'] as string | undefined
  if (part && personId) {
    const person = view.byPerson.get(personId)?.person
    if (person) batch.update('person', person, changed(pick(specs, PERSON), was, told))
    batch.update('stakeholder', part, changed(pick(specs, PART), before, values))
  } else {
    const known = knownIn(values)
    if (known) {
      batch.bring('person', known)
      batch.update('person', known, changed(pick(specs, PERSON), { ...known }, told))
    }
    personId =
      known?.id ?? batch.createPerson({ accountId: view.whole.deal.accountId, ...created(pick(specs, PERSON), told) })
    const taken = new Set(view.people.map(({ key }) => key))
    batch.create('stakeholder', {
      personId,
      key: newKey(String(values['name'] ?? ''), taken),
      ...created(pick(specs, PART), values),
    } as FactInput<'stakeholder'>)
  }
  if (!isBlank(values['stance']) && values['stance'] !== before['stance'])
    batch.create('stance', { personId, value: Number(values['stance']), on: view.asOf })
  if (!isBlank(values['hold']) && values['hold'] !== before['hold'])
    batch.create('hold', { personId, state: values['hold'] as 'asked', on: view.asOf })
}

function saveProof(
  view: DealView,
  batch: Batch,
  record: AnyRecord | undefined,
  specs: readonly FieldSpec[],
  before: Values,
  values: Values,
): void {
  const own = specs.filter(({ name }) => name !== 'status' && name !== 'statusOn')
  let proofId = record?.id
  if (record) batch.update('proof', record, changed(own, before, values))
  else proofId = batch.create('proof', created(own, values) as FactInput<'proof'>)
  const status = values['status'] as FactInput<'proofStatus'>['status'] | undefined
  if (!status || !proofId || (status === before['status'] && record && values['statusOn'] === before['statusOn']))
    return
  const same = (view.whole.proofStatus ?? []).find((one) => one.proofId === proofId && one.on === values['statusOn'])
  if (same) batch.update('proofStatus', same, { status })
  else batch.create('proofStatus', { proofId, status, on: (values['statusOn'] as string) || view.asOf })
}
