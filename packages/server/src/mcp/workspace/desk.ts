import { routes } from '@sente/api'
import type { CallInput, CallOutput, DealRow, Permission, PlanAnswer, Route } from '@sente/api'
import type { Lang, Methodology } from '@sente/engine'
import { Refused } from '../desk.ts'
import type { DealLine, DealQuery, DealRef, Desk, PersonRef, PlanSeen } from '../desk.ts'
import { chosen, chosenAccount, holds } from '../meant.ts'
import { prepareChange } from './changes.ts'

/** Calls an operation of the API for whoever asks: in this process, or over HTTP with a token. Throws an `ApiError`. */
export type Ask = <R extends Route>(contract: R, input: CallInput<R>) => Promise<Asked<R>>
export interface Asked<R extends Route> {
  value: CallOutput<R>
  /** Of a call that changed something: by it the change is undone. */
  changeSet?: string | undefined
}

export interface WorkspaceOptions {
  ask: Ask
  may: ReadonlySet<Permission>
  lang: Lang
  /** The method in force. */
  method: () => Promise<Methodology>
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** What a list is sorted by, and in which direction it says the most pressing first. */
const ORDERS = {
  danger: ['danger', 'desc'],
  lead: ['lead', 'asc'],
  win: ['win', 'desc'],
  decision: ['decisionOn', 'asc'],
  amount: ['amount', 'desc'],
  name: ['name', 'asc'],
  updated: ['updatedAt', 'desc'],
} as const

/** A workspace as its operations show it to one asker: rights, fields and rows are theirs, and none is asked for here. */
export function workspaceDesk({ ask, may, lang, method }: WorkspaceOptions): Desk {
  const value = async <R extends Route>(contract: R, input: CallInput<R>): Promise<CallOutput<R>> =>
    (await ask(contract, input)).value
  const plan = async (deal: DealRef, query: object): Promise<PlanSeen> =>
    planSeen(await value(routes.plan.get, { params: { dealId: deal.id }, query }))

  /** People of a deal with the ids that the API names them by. */
  async function peopleOf({ id }: DealRef): Promise<(PersonRef & { id: string })[]> {
    const { stakeholder = [], people = [] } = await value(routes.deals.get, {
      params: { dealId: id },
      query: { include: ['people', 'stakeholder'] },
    })
    const known = new Map(people.map((person) => [person.id, person]))
    return stakeholder.flatMap(({ key, personId }) => {
      const person = known.get(personId)
      return person && key !== undefined ? [{ key, id: personId, name: person.name, title: person.title }] : []
    })
  }
  const idsOf = async (deal: DealRef, keys: readonly string[]): Promise<string[]> => {
    if (keys.length === 0) return []
    const people = await peopleOf(deal)
    return keys.flatMap((key) => people.find((one) => one.key === key)?.id ?? [])
  }

  /** The account is found by its deals: whoever sees none of them is shown no plan of it. */
  async function accountOf(meant: string): Promise<string> {
    if (ID.test(meant)) {
      const { account } = await value(routes.deals.get, { params: { dealId: meant }, query: { include: ['account'] } })
      return chosenAccount(meant, account ? [account] : [], () => true).id
    }
    const { items } = await value(routes.deals.list, {
      query: { q: meant.slice(0, 200), sort: 'name', order: 'asc', limit: 200 },
    })
    const accounts = items.flatMap(({ account, name }) => (account ? [{ ...account, deals: [name] }] : []))
    return chosenAccount(meant, accounts, ({ name, deals }) => [name, ...deals].some((one) => holds(one, meant))).id
  }

  const desk: Desk = {
    kind: 'workspace',
    lang,
    may,
    method,
    async deals({ q, status, order, limit, cursor }: DealQuery) {
      const [sort, direction] = ORDERS[order]
      const { items, next } = await value(routes.deals.list, {
        query: {
          sort,
          order: direction,
          limit,
          ...(q && { q }),
          ...(status && { status: [status] }),
          ...(cursor !== undefined && { cursor }),
        },
      })
      return { deals: items.map(lineOf), next }
    },
    async find(meant) {
      if (ID.test(meant)) {
        const { deal, account } = await value(routes.deals.get, {
          params: { dealId: meant },
          query: { include: ['account'] },
        })
        return { id: deal.id, name: deal.name, account: account?.name }
      }
      const { items, next } = await value(routes.deals.list, {
        query: { q: meant.slice(0, 200), sort: 'name', order: 'asc', limit: 50 },
      })
      return chosen(meant, items.map(lineOf), next !== undefined)
    },
    people: peopleOf,
    brief: (deal, asOf) =>
      value(routes.deals.brief, { params: { dealId: deal.id }, query: asOf === undefined ? {} : { asOf } }),
    plan: (deal, { style, asOf }) => plan(deal, { ...(style && { style }), ...(asOf !== undefined && { asOf }) }),
    async whatIf(deal, { style, locks, setAside }) {
      return planSeen(
        await value(routes.plan.preview, {
          params: { dealId: deal.id },
          body: { ...(style && { style }), locks, setAside } as never,
        }),
      )
    },
    warGame: (deal, { paths, asOf }) =>
      value(routes.plan.wargame, {
        params: { dealId: deal.id },
        query: { paths, ...(asOf !== undefined && { asOf }) },
      }),
    async accountPlan(meant, asOf) {
      const accountId = await accountOf(meant)
      const { dealIds: _, ...made } = await value(routes.accounts.plan, {
        params: { accountId },
        query: asOf === undefined ? {} : { asOf },
      })
      return made
    },
    async review({ since, limit }) {
      const { total, ...review } = await value(routes.review.get, {
        query: { limit, ...(since !== undefined && { since }) },
      })
      return { ...review, deals: total.deals }
    },
    async meeting(deal, { with: keys, on, play, asOf }) {
      const { personIds: _, ...page } = await value(routes.deals.meeting, {
        params: { dealId: deal.id },
        query: {
          with: await idsOf(deal, keys),
          ...(on !== undefined && { on }),
          ...(play !== undefined && { play }),
          ...(asOf !== undefined && { asOf }),
        },
      })
      return page
    },
    async promises(deal) {
      const [{ promises }, people] = [
        await value(routes.plan.promises, { params: { dealId: deal.id }, query: {} }),
        await peopleOf(deal),
      ]
      return promises.map(({ commitmentId, madeOn, dueOn, personId, ...one }) => ({
        id: commitmentId,
        what: one.what,
        by: one.by,
        giver: one.giver,
        to: people.find(({ id }) => id === personId)?.name,
        made: madeOn,
        due: dueOn,
        state: one.state,
        overdue: one.overdue,
      }))
    },
    async agenda(whose) {
      const { on, lines, question } = await value(routes.work.agenda, { query: { whose } })
      return {
        on,
        lines: lines.map((one) => ({
          ...one,
          deal: { id: one.dealId, name: one.deal, account: one.account },
          step: one.planStepId ?? one.step,
          promise: one.commitmentId,
          with: one.with.map(({ name }) => name),
        })),
        question: question && { ...question, deal: { id: question.dealId, name: question.deal } },
      }
    },
    async search({ q, kind, limit }) {
      const { items } = await value(routes.work.search, { query: { q, limit, ...(kind && { kind: kind as 'note' }) } })
      return items.map(({ dealId, ...hit }) => ({ ...hit, deal: dealId }))
    },
    prepare: (deal, change) => prepareChange({ ask, peopleOf, plan: (one) => plan(one, {}), method }, deal, change),
    async undo(change) {
      if (!ID.test(change))
        throw new Refused({
          en: 'This names no change: take `change` from the answer of the call that wrote.',
          zh: '这不是一次改动的编号：请用写入时回答中的 change。',
        })
      const { undone } = await value(routes.work.undo, { params: { changeSet: change } })
      return { undone }
    },
  }
  return desk
}

function lineOf({ id, name, account, owner, amount, status, sellerEstimate, summary }: DealRow): DealLine {
  return {
    id,
    name,
    account: account?.name,
    owner: owner.name,
    status,
    amount,
    seller: sellerEstimate,
    phase: summary?.phase,
    lead: summary?.lead,
    win: summary?.win,
    stalled: summary?.stalled,
    decisionOn: summary?.decisionOn,
    startBy: summary?.nextStartBy,
    dangers: summary?.dangers,
    warnings: summary?.warnings,
    homework: summary?.homework,
    findings: summary?.topFindings ?? [],
  }
}

const planSeen = ({ plan, changed, own, ours }: PlanAnswer): PlanSeen => ({
  plan,
  changed,
  own: own.map(({ step, planStepId }) => ({ step, id: planStepId })),
  ours: new Map(ours.map(({ id, name }) => [id, name])),
})
