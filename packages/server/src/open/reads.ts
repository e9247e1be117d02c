import { userInfo } from 'node:os'
import { Readable } from 'node:stream'
import { dealOf, routes } from '@sente/api'
import type { DealWhole, Member, Permission } from '@sente/api'
import { brief as briefOf, meetingPage, plainDate, plan as planOf, sheetOf, stepIdOf } from '@sente/engine'
import type { Brief, Lang, MeetingPage, Methodology, Plan, PlainDate, PlanRequest } from '@sente/engine'
import { calendarsOf } from '../core/calendars/calendars.ts'
import { Fault } from '../core/fault.ts'
import { fileName } from '../exchange/export/deal-file.ts'
import { eventStream } from '../http/event-stream.ts'
import { feedbackOf } from '../notes/reader.ts'
import { readBuiltIn } from '../notes/server-reading.ts'
import { planAnswer } from '../queries/plan-answer.ts'
import { playGame } from '../queries/wargame.ts'
import { onFiles } from './answering.ts'
import type { FileOperation } from './answering.ts'
import { historyOf } from './history.ts'
import { idAt } from './identity.ts'
import { cellsOf, filtered, rowsOf, sorted } from './listed.ts'
import { dealShown, withSuggested } from './shelf.ts'
import type { Shelf, Shelved } from './shelf.ts'

export const OWNER = idAt(2 ** 40, 'owner')
const WORKSPACE = idAt(2 ** 40, 'workspace')
const RIGHTS: Permission[] = [
  'deals:read',
  'deals:write',
  'accounts:read',
  'accounts:write',
  'sensitive:read',
  'members:read',
]
const SENSITIVE = { sensitive: true }

/** Whoever runs the program: their system says what of the files they may read and write. */
export function owner(): { id: string; name: string } {
  let name = ''
  try {
    name = userInfo().username
  } catch {
    // A system without names of users.
  }
  return { id: OWNER, name: name || 'local' }
}

const member = (): Member => ({
  ...owner(),
  version: 1,
  email: 'files@localhost',
  role: 'seller',
  sensitive: true,
  disabled: false,
  hasPassword: false,
  teamIds: [],
  createdAt: '2004-01-01T00:00:00Z',
})

const wholeOf = (shelved: Shelved): DealWhole => ({
  ...withSuggested(shelved),
  access: { write: true, sensitive: true, share: false },
})

const dayOf = (shelf: Shelf, asked: string | undefined): PlainDate =>
  asked === undefined ? shelf.today() : plainDate(asked)
const briefOn = (shelf: Shelf, shelved: Shelved, on: PlainDate): Brief => {
  const deal = dealShown(shelved)
  return briefOf(deal, shelf.method, on, { calendars: calendarsOf(deal, on) })
}

/** With all that a plan is made of; there are no people of a workspace. */
const groundOf = (shelf: Shelf, whole: DealWhole) => ({ whole, deal: dealOf(whole), ours: {}, today: shelf.today() })
function planFor(shelf: Shelf, whole: DealWhole, request: PlanRequest, asOf?: PlainDate): Plan {
  const on = asOf ?? shelf.today()
  const deal = dealOf(whole)
  return planOf(deal, shelf.method, on, { calendars: calendarsOf(deal, on), ...request })
}

interface MeetingAsked {
  with: string[]
  on?: string | undefined
  play?: string | undefined
  planStepId?: string | undefined
  asOf?: string | undefined
}

/** The page of a meeting, and the step of the deal that it is. Throws `not-found` where somebody is not of the deal. */
function meetingOf(shelf: Shelf, shelved: Shelved, asked: MeetingAsked) {
  const { whole } = shelved
  const keys = new Map((whole.stakeholder ?? []).map(({ personId, key }) => [personId, key!]))
  const people = asked.with.map((id) => keys.get(id))
  const named = whole.planStep?.find(({ id }) => id === asked.planStepId)
  if (people.includes(undefined) || (asked.planStepId !== undefined && !named)) throw new Fault('not-found')
  const { on = asked.on, play = asked.play, what, owner: ours } = named ?? {}
  const page: MeetingPage | undefined = meetingPage(
    dealShown(shelved),
    briefOn(shelf, shelved, dayOf(shelf, asked.asOf)),
    shelf.method,
    {
      with: people as string[],
      ...(on !== undefined && { on }),
      ...(play !== undefined && { play }),
      ...(what !== undefined && { what }),
      ...(ours !== undefined && { ours }),
    },
  )
  if (!page) throw new Fault('not-found')
  const step =
    named ??
    whole.planStep?.find(
      ({ status, on: day, play: of, with: met }) =>
        (status ?? 'open') === 'open' &&
        day === page.on &&
        (of ?? null) === page.play &&
        keys.get(met?.[0] ?? '') === page.people[0]!.id,
    )
  return {
    page,
    personIds: Object.fromEntries([...keys].map(([id, key]) => [key, id])),
    ...(step && { planStep: { id: step.id, status: step.status ?? ('open' as const) } }),
  }
}

/** Files of the method as `loadMethodology` takes them. */
function filesOf({ presets, ...files }: Methodology): Record<string, unknown> {
  return { ...files, ...Object.fromEntries(presets.map((preset) => [`presets/${preset.id}`, preset])) }
}

const currencyOf = (shelf: ReadonlyMap<string, Shelved>): string =>
  [...shelf.values()].find(({ whole }) => whole.deal.amount)?.whole.deal.amount?.currency ?? 'CNY'

const workspaceOf = async (shelf: Shelf, language: Lang) => ({
  id: WORKSPACE,
  name: language === 'zh' ? '商机文件' : 'Deal files',
  language,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: currencyOf(await shelf.deals()),
})

export const reads: FileOperation[] = [
  onFiles(routes.auth.me, async (_, { shelf, language, csrfToken }) => ({
    member: member(),
    workspace: { ...(await workspaceOf(shelf, language)), today: shelf.today(), sample: false },
    permissions: RIGHTS,
    preferences: {},
    csrfToken,
  })),
  onFiles(routes.workspace.get, async (_, { shelf, language }) => ({
    ...(await workspaceOf(shelf, language)),
    version: 1,
    sample: false,
    counts: { accounts: 0, people: 0, deals: (await shelf.deals()).size },
  })),
  onFiles(routes.workspace.views, () => ({ items: [] })),
  onFiles(routes.members.list, () => ({ items: [member()] })),
  onFiles(routes.members.teams, () => ({ items: [] })),
  onFiles(routes.accounts.list, () => ({ items: [] })),
  onFiles(routes.people.list, () => ({ items: [] })),
  onFiles(routes.work.methodology, (_, { shelf: { method } }) => ({
    id: method.method.id,
    version: method.method.version,
    files: filesOf(method),
  })),
  onFiles(routes.work.events, ({ query }, { shelf, signal }) => ({
    stream: eventStream({
      signal,
      returns: false,
      still: async () => true,
      subscribe: async (listener) =>
        shelf.listen(({ dealId, changes }) => {
          if (query.dealId !== undefined && query.dealId !== dealId) return
          // What was changed here is told record by record: the page that did it has it already.
          if (!changes) return listener({ dealId } as never)
          for (const { kind, id, after } of changes)
            listener({ dealId, kind, id, action: after ? 'update' : 'delete', version: after?.version } as never)
        }),
      tell: async (heard) => heard,
    }),
    headers: { 'cache-control': 'no-cache, no-transform' },
  })),
  onFiles(routes.deals.list, async ({ query: { sort, order, limit, cursor, ...filter } }, { shelf }) => {
    const rows = sorted(filtered(await rowsOf(shelf, owner()), filter), sort, order)
    const start = cursor === undefined ? 0 : Number(cursor)
    if (!Number.isInteger(start) || start < 0) throw new Fault('bad-cursor')
    const end = start + limit
    return { items: rows.slice(start, end), ...(end < rows.length && { next: String(end) }) }
  }),
  onFiles(routes.deals.pipeline, async ({ query }, { shelf }) => {
    const rows = filtered(await rowsOf(shelf, owner()), query)
    return { cells: cellsOf(rows), total: rows.length, stale: 0 }
  }),
  onFiles(routes.deals.get, async ({ params, query }, { shelf }) => {
    if (query.at !== undefined) throw new Fault('needs-server')
    return wholeOf(await shelf.deal(params.dealId))
  }),
  onFiles(routes.deals.brief, async ({ params, query }, { shelf }) => {
    if (query.at !== undefined) throw new Fault('needs-server')
    return briefOn(shelf, await shelf.deal(params.dealId), dayOf(shelf, query.asOf))
  }),
  onFiles(routes.deals.history, async ({ params, query }, { shelf }) => {
    await shelf.deal(params.dealId)
    return historyOf(shelf.log, params.dealId, query)
  }),
  onFiles(routes.deals.meeting, async ({ params, query }, { shelf }) => {
    const { page, ...more } = meetingOf(shelf, await shelf.deal(params.dealId), query)
    return { ...page, ...more }
  }),
  onFiles(routes.deals.meetingDocx, async ({ params, query }, { shelf, language }) => {
    const { page } = meetingOf(shelf, await shelf.deal(params.dealId), query)
    const sheet = sheetOf(page, shelf.method, query.language ?? language)
    const { meetingDocx } = await import('../exchange/export/meeting-docx.ts')
    return {
      stream: Readable.from([await meetingDocx(sheet)]),
      type: routes.deals.meetingDocx.produces,
      filename: `${fileName(sheet.title)}.docx`,
    }
  }),
  onFiles(routes.deals.read, async ({ params, body }, { shelf }) => {
    const { whole } = await shelf.deal(params.dealId)
    const people = (whole.people ?? []).map(({ id, name, title }) => ({
      id,
      name,
      ...(title !== undefined && { title }),
    }))
    const rivals = (whole.rival ?? []).map(({ key, name }) => ({ id: key!, name }))
    const { suggestions, proposals } = await readBuiltIn(
      { on: plainDate(body.on), text: body.text },
      { people, rivals, feedback: feedbackOf(dealOf(whole)) },
    )
    return {
      suggestions: suggestions.map(({ signal, confidence, span, quote, from, about, on }) => ({
        signal,
        confidence,
        span: [...span],
        quote,
        ...(from !== undefined && { personId: from }),
        ...(about !== undefined && { about }),
        on,
      })),
      proposals: proposals.map((proposal) => {
        const span = [...proposal.span]
        if (proposal.kind !== 'told' && proposal.kind !== 'promise') return { ...proposal, span } as never
        const { from, ...rest } = proposal
        return { ...rest, span, ...(from !== undefined && { personId: from }) } as never
      }),
      source: 'built-in' as const,
    }
  }),
  onFiles(routes.plan.get, async ({ params, query: { style, asOf } }, { shelf }) => {
    const whole = wholeOf(await shelf.deal(params.dealId))
    const plan = planFor(shelf, whole, style ? { style } : {}, dayOf(shelf, asOf))
    return planAnswer(groundOf(shelf, whole), plan, [], SENSITIVE)
  }),
  onFiles(routes.plan.preview, async ({ params, body: { style, locks, moved, setAside } }, { shelf }) => {
    const stands = wholeOf(await shelf.deal(params.dealId))
    const days = new Map(moved.map(({ planStepId, on }) => [planStepId, on]))
    const whole = {
      ...stands,
      planStep: (stands.planStep ?? []).map((step) => (days.has(step.id) ? { ...step, on: days.get(step.id)! } : step)),
    }
    const previous = planFor(shelf, stands, { ...(style && { style }), withoutQuestions: true })
    const plan = planFor(shelf, whole, {
      style: previous.style,
      previous,
      locks,
      setAside: setAside as PlanRequest['setAside'] & object,
      withoutQuestions: true,
    } as PlanRequest)
    const changed = plan.changed.map((change) => ({ ...change, noticedOn: shelf.today() }))
    return planAnswer(groundOf(shelf, whole), plan, changed, SENSITIVE)
  }),
  onFiles(routes.plan.compare, async ({ params }, { shelf }) => {
    const whole = wholeOf(await shelf.deal(params.dealId))
    const made = (style: 'steady' | 'swift'): Plan => planFor(shelf, whole, { style, withoutQuestions: true })
    const [steady, swift] = [made('steady'), made('swift')]
    const days = (plan: Plan): Map<string, string> =>
      new Map(plan.steps.toReversed().map((step) => [stepIdOf(step), step.on]))
    const [slow, fast] = [days(steady), days(swift)]
    const names = new Map([...steady.steps, ...swift.steps].map((step) => [stepIdOf(step), step.name]))
    const ground = groundOf(shelf, whole)
    return {
      steady: planAnswer(ground, steady, [], SENSITIVE),
      swift: planAnswer(ground, swift, [], SENSITIVE),
      differs: [...names].flatMap(([step, name]) => {
        const [one, other] = [slow.get(step), fast.get(step)]
        if (one === other) return []
        return [{ step, name, ...(one !== undefined && { steady: one }), ...(other !== undefined && { swift: other }) }]
      }),
    }
  }),
  onFiles(routes.plan.wargame, async ({ params, query: { asOf, paths, seed } }, { shelf, signal }) => {
    const deal = dealShown(await shelf.deal(params.dealId))
    const on = dayOf(shelf, asOf)
    const calendars = calendarsOf(deal, on)
    return playGame({ deal, methodology: shelf.method, asOf: on, calendars, paths, seed }, OWNER, signal)
  }),
]
