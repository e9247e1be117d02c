import { v7 } from 'uuid'
import { KINDS, routes } from '@sente/api'
import type { CallOutput, KindName, Taken } from '@sente/api'
import { plan as planOf, plainDate, stepAfter, stepIdOf } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { Fault } from '../core/fault.ts'
import { isKnown, SOURCE, feedbackOf } from '../notes/reader.ts'
import { readBuiltIn } from '../notes/server-reading.ts'
import { onFiles } from './answering.ts'
import type { Asked, FileOperation, Input } from './answering.ts'
import type { Draft, Target } from './draft.ts'
import { takeBack } from './history.ts'
import type { AnyRecord } from './identity.ts'
import { dealShown } from './shelf.ts'
import type { Shelf } from './shelf.ts'

const now = (): string => new Date().toISOString()
const said = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as never

/** Changes a deal, and says under which name that is undone. */
async function inDeal<T>(
  { shelf, changed }: Asked,
  dealId: string,
  work: (draft: Draft, changeSet: string) => T,
): Promise<T> {
  const { value, changeSet } = await shelf.change(dealId, work)
  changed(changeSet)
  return value
}

/** The deal whose records hold this one. Throws `not-found`. */
async function dealWith(shelf: Shelf, target: 'person' | 'account', id: string): Promise<string> {
  for (const [dealId, { whole }] of await shelf.deals()) {
    if (target === 'account' ? whole.account?.id === id : whole.people?.some((person) => person.id === id))
      return dealId
  }
  throw new Fault('not-found')
}

/** Where a record is of no deal yet it is changed in memory: no file says it. */
async function updateOf(asked: Asked, target: 'person' | 'account', id: string, patch: object): Promise<AnyRecord> {
  const { shelf, ifMatch } = asked
  const waiting = shelf.waiting.get(id)
  if (!waiting) {
    const dealId = await dealWith(shelf, target, id)
    return inDeal(asked, dealId, (draft) => draft.update(target, id, patch as Record<string, unknown>, ifMatch))
  }
  const next = said({ ...waiting, ...patch, version: waiting.version + 1 }) as AnyRecord
  shelf.waiting.set(id, next)
  return next
}

function waitingRecord({ shelf }: Asked, body: object): AnyRecord {
  const id = (body as { id?: string }).id ?? v7()
  const record: AnyRecord = { ...said(body), id, version: 1, createdAt: now(), updatedAt: now() }
  shelf.waiting.set(id, record)
  return record
}

type Contracts = (typeof routes.facts)['discount']
const ofKind = (kind: KindName): FileOperation[] => {
  const contracts = routes.facts[kind] as unknown as Contracts
  type Answer = CallOutput<Contracts['create']>
  return [
    onFiles(contracts.list, async ({ params, query }, { shelf }) => {
      const { whole } = await shelf.deal(params.dealId)
      const items = (whole[kind] ?? []) as unknown as Answer[]
      const from = query.cursor === undefined ? 0 : Number(query.cursor)
      if (!Number.isInteger(from) || from < 0) throw new Fault('bad-cursor')
      const end = from + query.limit
      return { items: items.slice(from, end), ...(end < items.length && { next: String(end) }) }
    }),
    onFiles(contracts.create, ({ params, body }, asked) =>
      inDeal(
        asked,
        params.dealId,
        (draft) => draft.create(kind, { id: v7(), ...said(body) }, now()) as unknown as Answer,
      ),
    ),
    onFiles(contracts.update, ({ params, body }, asked) =>
      inDeal(asked, params.dealId, (draft) => draft.update(kind, params.id, body, asked.ifMatch) as unknown as Answer),
    ),
    onFiles(contracts.remove, ({ params }, asked) =>
      inDeal(asked, params.dealId, (draft) => remove(draft, kind, params.id, asked)),
    ),
  ]
}

/** What the file's notes suggest would be suggested again: without it is said by rejecting it. */
function remove(draft: Draft, kind: KindName, id: string, { ifMatch }: Asked): void {
  const record = draft.find(kind, id)
  const isReading = kind === 'evidence' && record?.['status'] === 'suggested' && record['source'] === SOURCE
  if (isReading) draft.update(kind, id, { status: 'rejected' }, ifMatch)
  else draft.remove(kind, id, ifMatch)
}

export const changes: FileOperation[] = [
  ...(Object.keys(KINDS) as KindName[]).flatMap(ofKind),
  onFiles(routes.deals.update, ({ params, body }, asked) =>
    inDeal(
      asked,
      params.dealId,
      (draft) => draft.update('deal', params.dealId, body as Record<string, unknown>, asked.ifMatch) as never,
    ),
  ),
  onFiles(routes.accounts.create, ({ body }, asked) => waitingRecord(asked, body) as never),
  onFiles(routes.people.create, ({ body }, asked) => waitingRecord(asked, body) as never),
  onFiles(
    routes.accounts.update,
    ({ params, body }, asked) => updateOf(asked, 'account', params.accountId, body) as never,
  ),
  onFiles(routes.people.update, ({ params, body }, asked) => updateOf(asked, 'person', params.personId, body) as never),
  onFiles(routes.people.remove, async ({ params }, asked) => {
    // Whoever left the deal is in no file any more.
    if (!asked.shelf.waiting.delete(params.personId)) await dropPerson(asked, params.personId)
  }),
  onFiles(routes.deals.capture, capture),
  onFiles(routes.plan.accept, accept),
  onFiles(routes.plan.outcome, outcome),
  onFiles(routes.work.undo, async ({ params }, asked) => {
    const written = asked.shelf.log.find((one) => one.changeSet === params.changeSet && one.undoneBy === undefined)
    if (!written)
      throw new Fault('conflict', {
        detail: {
          en: 'Of files, only what was changed here since the program started can be undone.',
          zh: '对文件，只能撤销程序启动以来在这里所做的改动。',
        },
      })
    const changeSet = await inDeal(asked, written.dealId, (draft, own) => {
      takeBack(draft, written.changes)
      return own
    })
    written.undoneBy = changeSet
    // Undoing an undo brings back what that had undone.
    for (const one of asked.shelf.log) if (one.undoneBy === params.changeSet) delete one.undoneBy
    return { undone: written.changes.length, changeSet }
  }),
]

async function dropPerson(asked: Asked, personId: string): Promise<void> {
  const dealId = await dealWith(asked.shelf, 'person', personId)
  await inDeal(asked, dealId, (draft) => {
    if (draft.list('stakeholder').some((one) => one['personId'] === personId)) throw new Fault('in-use')
    draft.remove('person', personId, asked.ifMatch)
  })
}

async function capture({ params, body }: Input<typeof routes.deals.capture>, asked: Asked) {
  const { shelf } = asked
  const found = body.evidence ? [] : await suggested(shelf, params.dealId, body.note)
  return inDeal(asked, params.dealId, (draft) => {
    const note = draft.create('note', { id: v7(), ...said(body.note) }, now())
    const pieces = (body.evidence ?? found).map(({ span, ...piece }) => {
      const [start = 0, end = 0] = span ?? []
      const quote = span && start < end && end <= body.note.text.length ? body.note.text.slice(start, end) : undefined
      return { ...(quote !== undefined && { quote, span }), ...piece }
    })
    const evidence = pieces.map((piece) =>
      draft.create('evidence', { id: v7(), ...said(piece), noteId: note.id, source: SOURCE }, now()),
    )
    // The file's own reading of the same words is no second piece.
    for (const piece of draft.list('evidence').toReversed())
      if (
        piece['noteId'] === undefined &&
        piece['status'] === 'suggested' &&
        evidence.some((mine) => mine['signal'] === piece['signal'] && mine['quote'] === piece['quote'])
      )
        draft.put('evidence', piece.id, undefined)
    take(draft, body.taken ?? [])
    return { note: [note], evidence } as never
  })
}

async function suggested(shelf: Shelf, dealId: string, note: { on: string; text: string }) {
  const { whole } = await shelf.deal(dealId)
  const deal = dealShown(await shelf.deal(dealId))
  const people = (whole.people ?? []).map(({ id, name, title }) => ({
    id,
    name,
    ...(title !== undefined && { title }),
  }))
  const rivals = (whole.rival ?? []).map(({ key, name }) => ({ id: key!, name }))
  const read = await readBuiltIn(
    { on: plainDate(note.on), text: note.text },
    { people, rivals, feedback: feedbackOf(deal) },
  )
  return read.suggestions
    .filter((piece) => !isKnown(piece as never, deal.evidence ?? []))
    .map(({ signal, confidence, span, quote, from, about, on }) => ({
      on,
      signal,
      confidence: Math.max(0.01, confidence),
      quote,
      span: [...span],
      status: 'suggested' as const,
      ...(from !== undefined && { personId: from }),
      ...(about !== undefined && { about }),
    }))
}

const plainly = (name: string): string => name.normalize('NFKC').trim().toLowerCase()

/** Records from what was taken of a note: people first, because a touch may be with them; who is there already is not made again. */
function take(draft: Draft, taken: readonly Taken[]): void {
  const make = (kind: KindName, fields: object): AnyRecord => draft.create(kind, { id: v7(), ...said(fields) }, now())
  const byName = new Map(draft.list('person').map(({ id, name }) => [plainly(String(name)), id]))
  const rivals = new Set(draft.list('rival').map(({ name }) => plainly(String(name))))
  for (const one of taken)
    if (one.kind === 'person' && !byName.has(plainly(one.name))) {
      const id = v7()
      const accountId = draft.whole.account?.id ?? ''
      draft.put(
        'person',
        id,
        said({
          id,
          version: 1,
          accountId,
          name: one.name.trim(),
          title: one.title,
          createdAt: now(),
          updatedAt: now(),
        }),
      )
      make('stakeholder', { personId: id })
      byName.set(plainly(one.name), id)
    }
  for (const one of taken) {
    if (one.kind === 'rival' && !rivals.has(plainly(one.name))) {
      rivals.add(plainly(one.name))
      make('rival', { name: one.name, kind: 'vendor' })
    }
    if (one.kind === 'touch')
      make('touch', {
        on: one.on,
        what: one.what,
        with: [...new Set([...one.with, ...one.names.flatMap((name) => byName.get(plainly(name)) ?? [])])],
      })
    if (one.kind === 'told') make('processStep', { step: one.step, on: one.on, toldBy: one.toldBy })
    if (one.kind === 'promise') {
      const { kind: _, ...promise } = one
      make('commitment', promise)
    }
  }
}

async function accept({ params, body }: Input<typeof routes.plan.accept>, asked: Asked) {
  const { shelf } = asked
  const deal = dealShown(await shelf.deal(params.dealId))
  const on = shelf.today()
  const plan = planOf(deal, shelf.method, on, {
    calendars: calendarsOf(deal, on),
    ...(body.style && { style: body.style }),
  })
  const step = plan.steps.find((one) => stepIdOf(one) === body.step)
  if (!step || step.locked)
    throw new Fault('conflict', {
      detail: step
        ? { en: 'This step stands in the deal already.', zh: '这一步已经在商机里了。' }
        : {
            en: 'The plan has changed since: this step is no longer in it. Read the plan again.',
            zh: '计划已变，其中没有这一步了。请重新读取计划。',
          },
    })
  return inDeal(asked, params.dealId, (draft) => {
    const ids = new Map(draft.list('stakeholder').map(({ key, personId }) => [key, personId]))
    const ours = deal.us?.team?.find(({ id }) => id === step.ours)?.name ?? step.ours ?? undefined
    const { id = v7(), step: _, style: __, on: day = step.on, owner = ours, ...rest } = body
    return draft.create(
      'planStep',
      {
        ...said({ ...rest, owner }),
        id,
        play: step.play,
        on: day,
        with: step.with.flatMap((key) => ids.get(key) ?? []),
        ...(step.through !== null && ids.has(step.through) && { through: ids.get(step.through) }),
      },
      now(),
    ) as never
  })
}

const invalid = (field: string, en: string, zh: string): Fault =>
  new Fault('invalid-input', { faults: [{ field, what: { en, zh } }] })

async function outcome({ params, body }: Input<typeof routes.plan.outcome>, asked: Asked) {
  const today = asked.shelf.today()
  const on = body.on === undefined ? today : plainDate(body.on)
  if (on > today)
    throw invalid(
      'body.on',
      'A step that is still to come has no outcome yet: give today or an earlier day.',
      '还没发生的步骤没有结果，请填今天或更早的日期。',
    )
  return inDeal(asked, params.dealId, (draft, changeSet) => {
    const make = (kind: KindName, fields: object): AnyRecord => draft.create(kind, { id: v7(), ...said(fields) }, now())
    const set = (kind: Target, id: string, patch: object): AnyRecord =>
      draft.update(kind, id, patch as Record<string, unknown>, undefined)
    const step = body.planStepId === undefined ? undefined : draft.find('planStep', body.planStepId)
    if (body.planStepId !== undefined && !step) throw new Fault('not-found')
    const play = step?.['play'] ?? body.play
    const what = step?.['what'] ?? body.what
    if (play === undefined && what === undefined)
      throw invalid(
        'body.play',
        'Needs the step it was, its play, or what was done in words.',
        '需要指明是哪一步、哪种打法，或用文字写明做了什么。',
      )
    const people = body.with ?? (step?.['with'] as string[] | undefined) ?? []
    const next =
      body.next && said({ on: body.next.on, time: body.next.time, minutes: body.next.minutes, where: body.next.where })
    const then = stepAfter(body.outcome, body.next !== undefined)
    const moved = step !== undefined && then === 'moved'
    const planStep = step && set('planStep', step.id, moved ? next! : { status: then })
    const agreed =
      body.next && !moved
        ? make('planStep', {
            ...next,
            play: body.next.play,
            what: body.next.what,
            with: body.next.with ?? people,
            owner: step?.['owner'],
          })
        : undefined
    const touch = make('touch', { on, play, what, with: people, outcome: body.outcome, note: body.note })
    const commitments = body.promises.map(({ by, what: words, dueOn, personId = people[0] }) => {
      const who = by === 'us' ? undefined : draft.find('person', personId ?? '')?.['name']
      if (by === 'them' && who === undefined)
        throw invalid('body.promises', 'A promise of theirs needs who gave it.', '客户的承诺要写明是谁答应的。')
      return make('commitment', {
        what: words,
        who,
        to: by === 'us' ? personId : undefined,
        promisedOn: on,
        dueOn,
        where: what,
      })
    })
    const kept = body.kept.map((id) => set('commitment', id, { doneOn: on }))
    return { changeSet, touch, ...said({ planStep, next: agreed }), commitments: [...commitments, ...kept] } as never
  })
}
