import { routes } from '@sente/api'
import type { Fact, FactInput } from '@sente/api'
import { plainDate } from '@sente/engine'
import { lockWritableDeal } from '../../../access/access.ts'
import { Fault } from '../../../core/fault.ts'
import { todayOf } from '../../../store/briefs.ts'
import { NotFound } from '../../../store/refusal.ts'
import { read } from '../../../store/read.ts'
import { create, update } from '../../../store/write.ts'
import { operation } from '../../operation.ts'
import type { Call } from '../../operation.ts'

type Body = Call<typeof routes.plan.outcome>['body']

/** Of a step that did not come about nothing stays open; the plan proposes what to do instead. */
const DROPPED: ReadonlySet<Body['outcome']> = new Set<Body['outcome']>(['declined', 'no_answer'])

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
  const names = await namesOf(tx, dealId, people, body)

  const touch = await create(
    tx,
    'touch',
    {
      dealId,
      on,
      ...(play === undefined ? {} : { play }),
      ...(what === undefined ? {} : { what }),
      with: people,
      outcome: body.outcome,
      ...(body.note === undefined ? {} : { note: body.note }),
    },
    deal,
  )
  const postponedTo = body.outcome === 'postponed' ? body.next : undefined
  const planStep =
    step &&
    (await update(
      tx,
      'planStep',
      step.id,
      postponedTo
        ? { on: postponedTo.on, ...timeOf(postponedTo) }
        : { status: DROPPED.has(body.outcome) || body.outcome === 'postponed' ? 'dropped' : 'done' },
      undefined,
      deal,
    ))
  const commitments: Fact<'commitment'>[] = []
  for (const { by, what: promised, dueOn, personId } of body.promises) {
    const person = personId ?? people[0]
    const input: FactInput<'commitment'> = {
      what: promised,
      promisedOn: on,
      ...(dueOn === undefined ? {} : { dueOn }),
      ...(by === 'them' ? { who: names.get(person ?? '') } : { who: context.member.name }),
      ...(by === 'us' && person !== undefined ? { to: person } : {}),
      ...(what === undefined ? {} : { where: what }),
    }
    if (by === 'them' && input.who === undefined)
      throw invalid('body.promises', {
        en: 'A promise of theirs needs who gave it (`personId`).',
        zh: '客户的承诺要写明是谁答应的（personId）。',
      })
    commitments.push(await create(tx, 'commitment', { dealId, ...input }, deal))
  }
  for (const id of body.kept) {
    const promise = await read(tx, 'commitment', id)
    if (promise.dealId !== dealId) throw new NotFound()
    commitments.push(await update(tx, 'commitment', id, { doneOn: on }, undefined, deal))
  }
  const next =
    body.next &&
    !(postponedTo && step) &&
    (await create(
      tx,
      'planStep',
      {
        dealId,
        on: body.next.on,
        ...timeOf(body.next),
        ...(body.next.play === undefined ? {} : { play: body.next.play }),
        ...(body.next.what === undefined ? {} : { what: body.next.what }),
        with: body.next.with ?? people,
        ...(step?.owner === undefined ? {} : { owner: step.owner }),
      },
      deal,
    ))
  return {
    changeSet: context.changeSet,
    touch,
    ...(planStep ? { planStep } : {}),
    ...(next ? { next } : {}),
    commitments,
  }
})

const timeOf = ({ time, minutes, where }: NonNullable<Body['next']>): Partial<FactInput<'planStep'>> => ({
  ...(time === undefined ? {} : { time }),
  ...(minutes === undefined ? {} : { minutes }),
  ...(where === undefined ? {} : { where }),
})

/** Names of who is spoken of; promises of theirs are kept under the name. */
async function namesOf(
  tx: Call<typeof routes.plan.outcome>['context']['tx'],
  dealId: string,
  people: readonly string[],
  { promises }: Body,
): Promise<Map<string, string>> {
  const ids = [...new Set([...people, ...promises.flatMap(({ personId }) => personId ?? [])])]
  if (ids.length === 0) return new Map()
  const rows = await tx.rows<{ id: string; name: string }>(
    'select p.id, p.name from stakeholder s join person p on p.workspace_id = $1 and p.id = s.person_id where s.workspace_id = $1 and s.deal_id = $2 and p.id = any($3::uuid[])',
    [tx.workspaceId, dealId, ids],
    'names_in_deal',
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const invalid = (field: string, what: { en: string; zh: string }): Fault =>
  new Fault('invalid-input', { faults: [{ field, what }] })
