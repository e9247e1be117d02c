import { routes } from '@sente/api'
import type { CallInput, DealWhole } from '@sente/api'
import type { Methodology, Text } from '@sente/engine'
import { stands, stepIdOf } from '@sente/engine'
import { Refused } from '../desk.ts'
import type { Change, DealRef, PersonRef, PlanSeen, Prepared, Shown } from '../desk.ts'
import { noOpenStep, noPromise, noStep, personMeant } from '../meant.ts'
import { foundLines, linesOfOutcome, linesOfStep, numbersOf } from '../said-change.ts'
import type { Ask } from './desk.ts'

type Of<K extends Change['kind']> = Extract<Change, { kind: K }>
type Known = PersonRef & { id: string }

interface Means {
  ask: Ask
  peopleOf: (deal: DealRef) => Promise<Known[]>
  plan: (deal: DealRef) => Promise<PlanSeen>
  method: () => Promise<Methodology>
}

/** What a change would write in a workspace, by reading only; `perform` is one operation of the API, and so one change set. */
export async function prepareChange(means: Means, deal: DealRef, change: Change): Promise<Prepared> {
  const { value } = await means.ask(routes.deals.get, { params: { dealId: deal.id }, query: { include: [] } })
  // Whoever may not write is told so before a preview, not after it.
  if (!value.access.write)
    throw new Refused({ en: 'You may read this deal, but not change it.', zh: '你可以查看这个商机，但不能修改。' })
  const prepared =
    change.kind === 'note'
      ? await ofNote(means, deal, change)
      : change.kind === 'outcome'
        ? await ofOutcome(means, deal, change)
        : await ofStep(means, deal, change)
  return { ...prepared, state: `${value.deal.id} ${value.deal.version}` }
}

type Written = Omit<Prepared, 'state'>

async function ofNote({ ask, peopleOf, method }: Means, { id }: DealRef, note: Of<'note'>): Promise<Written> {
  const { value: read } = await ask(routes.deals.read, {
    params: { dealId: id },
    body: { on: note.on, text: note.text },
  })
  const people = await peopleOf({ id, name: '' })
  const signals = (await method()).signals.signals
  const found = read.suggestions.map((one) => ({
    ...one,
    signalName: signals.find((each) => each.id === one.signal)?.name ?? same(one.signal),
    fromName: people.find((person) => person.id === one.personId)?.name,
  }))
  const verdicts = numbersOf(note, found.length)
  const body: CallInput<typeof routes.deals.capture>['body'] = {
    note: { on: note.on, text: note.text, ...(note.author === undefined ? {} : { author: note.author }) },
    evidence: read.suggestions.map((one, i) => ({
      ...one,
      confidence: Math.max(0.01, one.confidence),
      status: verdicts[i]!,
    })),
  }
  return {
    will: [...foundLines(note, found), ...(read.notice ? [{ text: read.notice }] : [])],
    async perform() {
      const { value, changeSet } = await ask(routes.deals.capture, { params: { dealId: id }, body })
      const of = (status: string): number =>
        (value.evidence ?? []).filter((one) => (one.status ?? 'confirmed') === status).length
      const [kept, rejected, open] = [of('confirmed'), of('rejected'), of('suggested')]
      return {
        change: changeSet!,
        did: [
          {
            text: {
              en: `Kept the note of ${note.on} with ${kept} confirmed, ${open} suggested and ${rejected} rejected.`,
              zh: `已保存 ${note.on} 的记录：确认 ${kept} 条，建议 ${open} 条，否定 ${rejected} 条。`,
            },
          },
        ],
      }
    },
  }
}

const same = (text: string): Text => ({ en: text, zh: text })

async function ofOutcome(
  { ask, peopleOf, plan, method }: Means,
  deal: DealRef,
  asked: Of<'outcome'>,
): Promise<Written> {
  const people = await peopleOf(deal)
  const idOf = (meant: string): string => (personMeant(people, meant) as Known).id
  const nameOf = (id: string): string => people.find((one) => one.id === id)?.name ?? id
  const step = asked.step === undefined ? undefined : await stepMeant({ ask, plan }, deal, asked.step)
  const ledger =
    asked.kept.length > 0
      ? (await ask(routes.plan.promises, { params: { dealId: deal.id }, query: {} })).value.promises
      : []
  const kept = asked.kept.map((id) => {
    const promise = ledger.find(({ commitmentId }) => commitmentId === id)
    if (!promise) throw noPromise(id)
    return promise
  })
  const body = {
    outcome: asked.outcome,
    ...(step && { planStepId: step.id }),
    ...(asked.play !== undefined && { play: asked.play }),
    ...(asked.what !== undefined && { what: asked.what }),
    ...(asked.with && { with: asked.with.map(idOf) }),
    ...(asked.on !== undefined && { on: asked.on }),
    ...(asked.note !== undefined && { note: asked.note }),
    promises: asked.promises.map(({ by, what, dueOn, person }) => ({
      by,
      what,
      ...(dueOn !== undefined && { dueOn }),
      ...(person !== undefined && { personId: idOf(person) }),
    })),
    kept: asked.kept,
    ...(asked.next && { next: { ...asked.next, with: asked.next.with?.map(idOf) } }),
  } as CallInput<typeof routes.plan.outcome>['body']
  const checked = routes.plan.outcome.body.safeParse(body)
  if (!checked.success)
    throw new Refused(
      { en: 'This outcome cannot be written:', zh: '这个结果无法写入：' },
      checked.error.issues.slice(0, 10).map(({ path, message }) => ({ text: same(`${path.join('.')}: ${message}`) })),
    )
  const met = checked.data.with ?? step?.with ?? []
  const will = linesOfOutcome(asked, {
    method: await method(),
    play: step?.play ?? asked.play,
    what: step?.what ?? asked.what,
    met: met.map(nameOf),
    step: step && { on: step.on },
    kept: kept.map(({ what }) => what),
    promised: asked.promises.map(({ person }) =>
      person === undefined ? met[0] && nameOf(met[0]) : personMeant(people, person).name,
    ),
    next: asked.next?.with?.map((one) => personMeant(people, one).name),
  })
  return {
    will,
    async perform() {
      const { value } = await ask(routes.plan.outcome, { params: { dealId: deal.id }, body })
      return { change: value.changeSet, did: will }
    },
  }
}

/** A step that stands in the deal: by its id, or by its name in the plan. */
async function stepMeant(
  { ask, plan }: Pick<Means, 'ask' | 'plan'>,
  deal: DealRef,
  meant: string,
): Promise<NonNullable<DealWhole['planStep']>[number]> {
  const { value } = await ask(routes.deals.get, { params: { dealId: deal.id }, query: { include: ['planStep'] } })
  const open = (value.planStep ?? []).filter(({ status }) => (status ?? 'open') === 'open')
  const found = open.find(({ id }) => id === meant)
  if (found) return found
  const own = (await plan(deal)).own.find(({ step }) => step === meant)
  const named = open.find(({ id }) => id === own?.id)
  if (named) return named
  throw noOpenStep(
    meant,
    open.slice(0, 20).map(({ id, on, play, what }) => ({ text: same(`${id}  ${on ?? ''} ${play ?? ''}`), data: what })),
  )
}

async function ofStep({ ask, peopleOf, plan, method }: Means, deal: DealRef, asked: Of<'step'>): Promise<Written> {
  const seen = await plan(deal)
  const step = seen.plan.steps.find((one) => stepIdOf(one) === asked.step)
  if (!step || stands(step)) throw noStep(seen, asked.step, step !== undefined)
  const people = await peopleOf(deal)
  const will: Shown[] = linesOfStep(step, asked, {
    method: await method(),
    met: step.with.map((key) => people.find((one) => one.key === key)?.name ?? key),
    ours: step.ours === null ? undefined : (seen.ours.get(step.ours) ?? step.ours),
  })
  return {
    will,
    async perform() {
      const { step: name, on, what } = asked
      const { changeSet } = await ask(routes.plan.accept, {
        params: { dealId: deal.id },
        body: { step: name, on: on ?? step.on, style: seen.plan.style, ...(what !== undefined && { what }) },
      })
      return { change: changeSet!, did: will }
    },
  }
}
