import type { Text } from '@sente/engine'
import { routes } from '@sente/api'
import type { Fact } from '@sente/api'
import { plainDate, stepAfter } from '@sente/engine'
import { lockWritableDeal } from '../../../access/access.ts'
import { Fault } from '../../../core/fault.ts'
import { todayOf } from '../../../store/today.ts'
import type { DealContext } from '../../../store/gateway.ts'
import { NotFound } from '../../../store/refusal.ts'
import { read } from '../../../store/read.ts'
import { create, update } from '../../../store/write.ts'
import { operation } from '../../operation.ts'
import type { Call } from '../../operation.ts'

type Body = Call<typeof routes.plan.outcome>['body']

/** One change set: it can be undone as a whole. */
export const outcome = operation(routes.plan.outcome, async ({ params: { dealId }, body, context }) => {
  const { tx } = context
  const { deal } = await lockWritableDeal(context, dealId)
  const today = await todayOf(tx)
  const on = body.on === undefined ? today : plainDate(body.on)
  if (on > today)
    throw invalid('body.on', {
      en: 'A step that is still to come has no outcome yet: give today or an earlier day.',
      zh: '还没发生的步骤没有结果，请填今天或更早的日期。',
    })
  const step = body.planStepId === undefined ? undefined : await read(tx, 'planStep', body.planStepId)
  if (step && step.dealId !== dealId) throw new NotFound()
  const play = step?.play ?? body.play
  const what = step?.what ?? body.what
  if (play === undefined && what === undefined)
    throw invalid('body.play', {
      en: 'Needs the step it was (`planStepId`), its play, or what was done in words (`what`).',
      zh: '需要指明是哪一步（planStepId）、哪种打法（play）或用文字写明做了什么（what）。',
    })
  const people = body.with ?? step?.with ?? []
  const names = await namesOf(context, dealId, people, body)

  const at: Happened = { dealId, on, people, names, what, step, deal }
  const { planStep, next } = await goOn(context, body, at)
  return {
    changeSet: context.changeSet,
    touch: await create(
      tx,
      'touch',
      said({ dealId, on, play, what, with: people, outcome: body.outcome, note: body.note }),
      deal,
    ),
    ...said({ planStep, next }),
    commitments: [...(await promised(context, body, at)), ...(await kept(context, body, at))],
  }
})

/** Without what says nothing. */
type Said<T> = { [K in keyof T]: Exclude<T[K], undefined> }
const said = <T extends object>(value: T): Said<T> =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Said<T>

type Context = Call<typeof routes.plan.outcome>['context']
interface Happened {
  dealId: string
  on: string
  people: string[]
  names: ReadonlyMap<string, string>
  what: string | undefined
  step: Fact<'planStep'> | undefined
  deal: DealContext
}

/** The step itself, and the date that was agreed. */
async function goOn(
  { tx }: Context,
  { outcome: how, next: agreed }: Body,
  { dealId, people, step, deal }: Happened,
): Promise<{ planStep: Fact<'planStep'> | undefined; next: Fact<'planStep'> | undefined }> {
  const then = stepAfter(how, agreed !== undefined)
  const patch = then === 'moved' ? { on: agreed!.on, ...timeOf(agreed!) } : { status: then }
  const planStep = step && (await update(tx, 'planStep', step.id, patch, undefined, deal))
  if (!agreed || (step && then === 'moved')) return { planStep, next: undefined }
  const { on, play, what, with: others = people } = agreed
  const next = await create(
    tx,
    'planStep',
    said({ dealId, on, ...timeOf(agreed), play, what, with: others, owner: step?.owner }),
    deal,
  )
  return { planStep, next }
}

async function promised(
  { tx, member }: Context,
  { promises }: Body,
  { dealId, on, people, names, what: where, deal }: Happened,
): Promise<Fact<'commitment'>[]> {
  const made: Fact<'commitment'>[] = []
  for (const { by, what, dueOn, personId = people[0] } of promises) {
    const who = by === 'us' ? member.name : names.get(personId ?? '')
    if (who === undefined)
      throw invalid('body.promises', {
        en: 'A promise of theirs needs who gave it (`personId`).',
        zh: '客户的承诺要写明是谁答应的（personId）。',
      })
    const to = by === 'us' ? personId : undefined
    made.push(await create(tx, 'commitment', said({ dealId, what, who, to, promisedOn: on, dueOn, where }), deal))
  }
  return made
}

async function kept({ tx }: Context, body: Body, { dealId, on, deal }: Happened): Promise<Fact<'commitment'>[]> {
  const settled: Fact<'commitment'>[] = []
  for (const id of body.kept) {
    const promise = await read(tx, 'commitment', id)
    if (promise.dealId !== dealId) throw new NotFound()
    settled.push(await update(tx, 'commitment', id, { doneOn: on }, undefined, deal))
  }
  return settled
}

const timeOf = ({ time, minutes, where }: NonNullable<Body['next']>) => said({ time, minutes, where })

/** Names of who is spoken of; promises of theirs are kept under the name. */
async function namesOf(
  { tx }: Context,
  dealId: string,
  people: readonly string[],
  { promises }: Body,
): Promise<Map<string, string>> {
  const ids = [...new Set([...people, ...promises.flatMap(({ personId }) => personId ?? [])])]
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; name: string }>(
    `select p.id, p.name
     from stakeholder s
     join person p on p.workspace_id = $1 and p.id = s.person_id
     where s.workspace_id = $1 and s.deal_id = $2 and p.id = any($3::uuid[])`,
    [tx.workspaceId, dealId, ids],
    'names_in_deal',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const invalid = (field: string, what: Text): Fault => new Fault('invalid-input', { faults: [{ field, what }] })
