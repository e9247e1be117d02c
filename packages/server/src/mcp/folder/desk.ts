import {
  accountPlan,
  agendaOf,
  addDays,
  AHEAD,
  brief as briefOf,
  dealAsOf,
  isOpenOn,
  judgedWin,
  ledgerOf,
  meetingPage,
  plan as planOf,
  plainDate,
  stepIdOf,
  summary,
  warGame,
} from '@sente/engine'
import type { BriefSummary, DealOfAgenda, Lang, Methodology, Plan, PlainDate } from '@sente/engine'
import { calendarsOf } from '../../core/calendars/calendars.ts'
import { Refused } from '../desk.ts'
import type { Agenda, DealLine, DealQuery, DealRef, Desk, PersonRef, PlanSeen } from '../desk.ts'
import { chosen, chosenAccount, holds } from '../meant.ts'
import { FolderChanges } from './changes.ts'
import { DealFiles } from './files.ts'
import type { DealFile } from './files.ts'
import { folderReview } from './review.ts'

/** So many plans are made for an agenda, of the deals that are most endangered. */
const PLANNED = 7

export interface FolderOptions {
  /** A folder of deal files, or one of them. */
  place: string
  method: Methodology
  lang: Lang
  today: () => PlainDate
}

/** Deal files without a workspace: whoever runs the program may read and write them, as their system lets them. */
export function folderDesk({ place, method, lang, today }: FolderOptions): Desk {
  const files = new DealFiles(place, method)
  const summaries = new Map<string, { state: string; on: string; summary: BriefSummary }>()
  const fileOf = async ({ id }: DealRef): Promise<DealFile> => {
    const found = (await files.all()).files.find((one) => one.id === id)
    if (found) return found
    throw new Refused({ en: 'This deal file is no longer there.', zh: '这个商机文件已经不在了。' })
  }
  const summaryOf = (file: DealFile, on: PlainDate): BriefSummary => {
    const known = summaries.get(file.id)
    if (known?.state === file.state && known.on === on) return known.summary
    const made = summary(file.deal, method, on)
    summaries.set(file.id, { state: file.state, on, summary: made })
    return made
  }
  const day = (asked: string | undefined): PlainDate => (asked === undefined ? today() : plainDate(asked))
  const plan = (file: DealFile, request: Parameters<typeof planOf>[3], on = today()): Plan =>
    planOf(file.deal, method, on, { ...request, calendars: calendarsOf(file.deal, on) })
  const lines = async (): Promise<{ all: (DealLine & { file: DealFile })[]; left: { en: string; zh: string }[] }> => {
    const on = today()
    const { files: found, left } = await files.all()
    return { all: found.map((file) => ({ ...lineOf(file, summaryOf(file, on), on), file })), left }
  }
  const changes = new FolderChanges({
    method,
    today,
    fileOf,
    plan: (file) => planSeen(file, plan(file, {})),
  })

  return {
    kind: 'folder',
    lang,
    may: new Set(['deals:read', 'deals:write']),
    method: () => Promise.resolve(method),
    async deals({ q, status, order, limit, cursor }) {
      const { all, left } = await lines()
      const words = (q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      const found = all
        .filter((one) => status === undefined || one.status === status)
        .filter(({ name, account, id }) =>
          words.every((word) => `${name} ${account ?? ''} ${id}`.toLowerCase().includes(word)),
        )
        .sort(BY[order])
      const from = cursor === undefined ? 0 : Number(cursor)
      if (!Number.isInteger(from) || from < 0)
        throw new Refused({ en: 'cursor is not one that a list gave.', zh: 'cursor 不是列表给出的值。' })
      return {
        deals: found.slice(from, from + limit),
        next: from + limit < found.length ? String(from + limit) : undefined,
        left,
      }
    },
    async find(meant) {
      const { all } = await lines()
      const byFile = all.find(({ id }) => id === meant)
      if (byFile) return refOf(byFile.file)
      return chosen(
        meant,
        all.filter(({ name, account, id }) => holds(`${name} ${account ?? ''} ${id}`, meant)),
        false,
      )
    },
    async people(deal) {
      return ((await fileOf(deal)).deal.people ?? []).map(({ id, name, title }): PersonRef => ({
        key: id,
        name,
        title,
      }))
    },
    async brief(deal, asOf) {
      const file = await fileOf(deal)
      const on = day(asOf)
      return briefOf(file.deal, method, on, { calendars: calendarsOf(file.deal, on) })
    },
    async plan(deal, { style, asOf }) {
      const file = await fileOf(deal)
      return planSeen(file, plan(file, { ...(style && { style }) }, day(asOf)))
    },
    async whatIf(deal, { style, locks, setAside }) {
      const file = await fileOf(deal)
      const previous = plan(file, { ...(style && { style }), withoutQuestions: true })
      return planSeen(
        file,
        plan(file, {
          style: previous.style,
          previous,
          locks,
          setAside: setAside.map(({ until, ...one }) => ({
            ...one,
            ...(until !== undefined && { until: plainDate(until) }),
          })) as never,
          withoutQuestions: true,
        }),
      )
    },
    async warGame(deal, { paths, asOf }) {
      const file = await fileOf(deal)
      const on = day(asOf)
      return warGame(file.deal, method, on, { paths, calendars: calendarsOf(file.deal, on) })
    },
    async accountPlan(meant, asOf) {
      const { files: found } = await files.all()
      const accounts = found.flatMap(({ id, deal: { name, account } }) =>
        account ? [{ id: account.name, name: account.name, said: `${account.name}\n${name}\n${id}` }] : [],
      )
      const { name } = chosenAccount(meant, accounts, ({ said }) => holds(said, meant))
      const own = found.map(({ deal }) => deal).filter(({ account }) => account?.name === name)
      return accountPlan(own, method, day(asOf))
    },
    async review(asked) {
      return folderReview((await files.all()).files, method, today(), asked)
    },
    async meeting(deal, { with: keys, on, play, asOf }) {
      const file = await fileOf(deal)
      const from = day(asOf)
      const page = meetingPage(
        file.deal,
        briefOf(file.deal, method, from, { calendars: calendarsOf(file.deal, from) }),
        method,
        {
          with: keys,
          ...(on !== undefined && { on }),
          ...(play !== undefined && { play }),
        },
      )
      if (page) return page
      throw new Refused({ en: 'Nobody of them is on the map on that day.', zh: '那一天人物图上还没有这些人。' })
    },
    async promises(deal) {
      const { deal: whole } = await fileOf(deal)
      const names = new Map((whole.people ?? []).map(({ id, name }) => [id, name]))
      const on = today()
      // Those of later days are not in the ledger yet; a change names a promise by its place in the file.
      const places = (whole.commitments ?? []).flatMap(({ promisedOn, recordedOn }, i) =>
        promisedOn <= on && (recordedOn === undefined || recordedOn <= on) ? [i] : [],
      )
      return ledgerOf(dealAsOf(whole, on), on).map((one) => ({
        id: `promise-${places[one.index]! + 1}`,
        what: one.what,
        by: one.by,
        giver: one.giver === null ? undefined : (names.get(one.giver) ?? one.giver),
        to: one.to === null ? undefined : names.get(one.to),
        made: one.made,
        due: one.due ?? undefined,
        state: one.state,
        overdue: one.overdue,
      }))
    },
    async agenda() {
      const on = today()
      const open = (await lines()).all.filter(({ status }) => status === 'open').sort(BY.danger)
      return agendaSeen(
        on,
        open.map(({ file }, nth) => agendaDeal(file, on, nth < PLANNED ? plan(file, {}, on) : undefined)),
      )
    },
    search() {
      throw new Refused({
        en: 'A folder of files cannot be searched; a workspace can.',
        zh: '文件夹不能搜索，工作区可以。',
      })
    },
    prepare: (deal, change) => changes.prepare(deal, change),
    undo: (change) => changes.undo(change),
  }
}

const refOf = ({ id, deal }: DealFile): DealRef => ({ id, name: deal.name, account: deal.account?.name })

function lineOf(file: DealFile, of: BriefSummary, on: PlainDate): DealLine {
  const { deal } = file
  const count = (...severities: string[]): number =>
    of.findings.filter((one) => severities.includes(one.severity)).length
  return {
    ...refOf(file),
    status: isOpenOn(deal, on) ? 'open' : deal.status,
    amount: deal.amount,
    phase: of.position.known ? of.position.leading : undefined,
    lead: { state: of.lead.state, days: of.lead.days ?? undefined, concern: of.lead.concern ?? undefined },
    win: judgedWin(of) ?? undefined,
    seller: deal.sellerEstimate?.at(-1)?.value,
    stalled: of.position.known ? of.position.stalled : undefined,
    decisionOn: of.outlook.when?.p50 ?? undefined,
    startBy: of.lead.startBy[0]?.startBy,
    dangers: count('danger', 'block'),
    warnings: count('warn'),
    homework: of.homework.length,
    findings: of.findings.slice(0, 5).map(({ rule, severity }) => ({ rule, severity })),
  }
}

type Order = (a: DealLine, b: DealLine) => number
const up =
  (of: (one: DealLine) => number | string | undefined): Order =>
  (a, b) => {
    const [one, other] = [of(a), of(b)]
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined)
    return one < other ? -1 : one > other ? 1 : 0
  }
const down =
  (of: (one: DealLine) => number | undefined): Order =>
  (a, b) =>
    up((one) => {
      const value = of(one)
      return value === undefined ? undefined : -value
    })(a, b)
const then =
  (...orders: Order[]): Order =>
  (a, b) =>
    orders.reduce((order, next) => order || next(a, b), 0)
const byName = up(({ name }) => name)
const BY: Readonly<Record<DealQuery['order'], Order>> = {
  danger: then(
    down(({ dangers }) => dangers),
    up(({ lead }) => lead?.days),
    byName,
  ),
  lead: then(
    up(({ lead }) => lead?.days),
    byName,
  ),
  win: then(
    down(({ win }) => win),
    byName,
  ),
  decision: then(
    up(({ decisionOn }) => decisionOn),
    byName,
  ),
  amount: then(
    down(({ amount }) => (amount ? Number(amount.value) : undefined)),
    byName,
  ),
  name: byName,
  updated: byName,
}

/** Steps that stand in the file are called by their place in its list. */
function planSeen({ deal }: DealFile, { changed, ...plan }: Plan): PlanSeen {
  return {
    plan,
    changed,
    own: plan.steps.flatMap((step) => {
      const at = (deal.plan ?? []).findIndex(
        (one) =>
          one.status === 'open' && one.play === step.play && one.on === step.on && one.with?.[0] === step.with[0],
      )
      return step.locked && at >= 0 ? [{ step: stepIdOf(step), id: `plan-${at + 1}` }] : []
    }),
    ours: new Map((deal.us?.team ?? []).map(({ id, name }) => [id, name])),
  }
}

function agendaDeal(file: DealFile, on: PlainDate, plan: Plan | undefined): DealOfAgenda {
  const { deal } = file
  const until = addDays(on, AHEAD)
  const people = new Map((deal.people ?? []).map(({ id, name, title }) => [id, { id, name, ...(title && { title }) }]))
  const named = (keys: readonly string[] = []) => keys.flatMap((key) => people.get(key) ?? [])
  return {
    dealId: file.id,
    deal: deal.name,
    ...(deal.account && { account: deal.account.name }),
    steps: (deal.plan ?? []).flatMap((one, i) =>
      one.status === 'open' &&
      one.on !== undefined &&
      one.on <= until &&
      (one.snoozedUntil === undefined || one.snoozedUntil <= on)
        ? [
            {
              id: `plan-${i + 1}`,
              on: one.on,
              with: named(one.with),
              ...(one.play && { play: one.play }),
              ...(one.what && { what: one.what }),
              ...(one.owner && { owner: one.owner }),
            },
          ]
        : [],
    ),
    promises: ledgerOf(deal, on).flatMap(({ index, by, state, to, due, what }) => {
      const person = to === null ? undefined : people.get(to)
      return by === 'us' && state === 'open' && due !== null && due <= until && person
        ? [{ id: `promise-${index + 1}`, what, dueOn: due, to: person }]
        : []
    }),
    people,
    ours: new Map((deal.us?.team ?? []).map(({ id, name }) => [id, name])),
    ...(plan && { plan }),
  }
}

function agendaSeen(on: PlainDate, deals: readonly DealOfAgenda[]): Agenda {
  const { lines, question } = agendaOf(on, deals)
  const refs = new Map(deals.map(({ dealId, deal, account }) => [dealId, { id: dealId, name: deal, account }]))
  return {
    on,
    lines: lines.map(({ dealId, with: people, planStepId, step, commitmentId, ...one }) => ({
      ...one,
      deal: refs.get(dealId)!,
      step: planStepId ?? step,
      promise: commitmentId,
      with: people.map(({ name }) => name),
    })),
    question: question && { ...question, deal: refs.get(question.dealId)! },
  }
}
