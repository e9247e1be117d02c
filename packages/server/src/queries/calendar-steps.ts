import { inflateRawSync } from 'node:zlib'
import { addDays, plainDate, stepIdOf } from '@sente/engine'
import type { Lang, Methodology, PlainDate, Plan } from '@sente/engine'
import type { FeedReader } from '../auth/calendar-feeds.ts'
import type { CalendarEvent } from '../exchange/calendar/write.ts'
import { todayOf } from '../store/today.ts'
import { methodologyOf } from '../store/method.ts'
import { oursOf } from '../store/plans.ts'
import { NotFound } from '../store/refusal.ts'
import { visibilityOf, visibilitySql, viewerOf } from '../store/visibility.ts'
import type { Tx } from '../store/tenant.ts'

/** So far back a calendar shows what was done, and so long it is told that a step was dropped or taken out. */
const BACK_DAYS = 90
/** So many entries of each sort a calendar holds; the nearest days first. */
const MOST = 1000

/** A step as it is stored, with the names of what it hangs on. */
interface StepRow {
  id: string
  deal_id: string
  version: number
  play: string | null
  what: string | null
  on: PlainDate
  time: string | null
  minutes: number | null
  where: string | null
  status: 'open' | 'done' | 'dropped' | 'skipped' | 'held'
  gone: boolean
  deal: string
  account: string | null
  people: { name: string; title: string | null }[]
  through: string | null
  changed_at: Date
}

const STEP = `p.id, p.deal_id, p.version, p.play, p.what, p."on"::text as "on", p."time", p.minutes, p."where", p.status, d.name as deal, a.name as account,
  coalesce((select json_agg(json_build_object('name', w.name, 'title', w.title) order by o.place)
    from unnest(p."with") with ordinality as o (id, place) join person w on w.workspace_id = $1 and w.id = o.id), '[]') as people,
  (select t.name from person t where t.workspace_id = $1 and t.id = p.through) as through,
  coalesce((select max(c.at) from change c where c.workspace_id = $1 and c.record_id = p.id), p.created_at) as changed_at`
const OF_DEAL = `join deal d on d.workspace_id = $1 and d.id = p.deal_id
  left join account a on a.workspace_id = $1 and a.id = d.account_id`

export interface Described {
  language: Lang
  /** Where the application is reached, without a slash at its end. */
  origin: string
  methodology: Methodology
}

/** What a member's calendar shows: their steps, what they did, and, where they want it, what the plans propose for them. */
export async function calendarOf(
  tx: Tx,
  { principal, language, proposals }: FeedReader,
  origin: string,
): Promise<{ zone: string; events: CalendarEvent[] }> {
  const { id: memberId, name } = principal.member
  const ours = await oursOf(tx)
  const mine = (ours.team ?? []).filter((one) => one.memberId === memberId)
  const names = [name, ...mine.flatMap(({ id, name: listed }) => [id, listed])].map((each) => each.trim().toLowerCase())
  const visibility = await visibilityOf(tx, viewerOf(principal))
  const today = await todayOf(tx)
  const since = addDays(today, -BACK_DAYS)
  const saying = { language, origin, methodology: await methodologyOf(tx) }
  const seen = (values: unknown[]): string => visibilitySql(visibility, (value) => `$${values.push(value)}`)
  const kept = await stepsOf(tx, { names, memberId, since, seen })
  return {
    zone: await zoneOf(tx),
    events: [
      ...kept.map((row) => stepEvent(row, saying)),
      ...(await touchesOf(tx, { memberId, since, today, seen, saying })),
      ...(proposals && mine.length > 0
        ? await proposalsOf(tx, { ids: mine.map(({ id }) => id), today, seen, saying })
        : []),
    ],
  }
}

/** One planned step as an entry of a calendar. Throws `NotFound`. */
export async function stepForCalendar(
  tx: Tx,
  { dealId, id }: { dealId: string; id: string },
  said: Omit<Described, 'methodology'>,
): Promise<{ zone: string; event: CalendarEvent }> {
  const [row] = await tx.rows<StepRow>(
    `select ${STEP}, false as gone from plan_step p ${OF_DEAL}
     where p.workspace_id = $1 and p.deal_id = $2 and p.id = $3 and p."on" is not null`,
    [tx.workspaceId, dealId, id],
    'step_for_calendar',
  )
  if (!row) throw new NotFound()
  return { zone: await zoneOf(tx), event: stepEvent(row, { ...said, methodology: await methodologyOf(tx) }) }
}

async function zoneOf(tx: Tx): Promise<string> {
  const [row] = await tx.rows<{ zone: string }>(
    'select time_zone as zone from workspace where id = $1',
    [tx.workspaceId],
    'time_zone',
  )
  return row!.zone
}

type Seen = (values: unknown[]) => string

/** Steps that name the member as their owner, or nobody in a deal of theirs; those taken out lately as well. */
async function stepsOf(
  tx: Tx,
  { names, memberId, since, seen }: { names: string[]; memberId: string; since: PlainDate; seen: Seen },
): Promise<StepRow[]> {
  const values: unknown[] = [tx.workspaceId, names, memberId, since]
  const theirs = `(case when btrim(coalesce(p.owner, '')) = '' then d.owner_id = $3
    else regexp_split_to_array(lower(btrim(p.owner)), '\\s*[,，、;；/&]\\s*') && $2::text[] end)`
  const which = seen(values)
  return tx.rows<StepRow>(
    `select * from (
       select ${STEP}, false as gone from plan_step p ${OF_DEAL}
       where p.workspace_id = $1 and p."on" >= $4::date and ${theirs} and ${which}
       union all
       select ${STEP}, true as gone from (
         select distinct on (c.record_id) r.*, c.at
         from change c, jsonb_populate_record(null::plan_step, c.before) r
         where c.workspace_id = $1 and c.kind = 'planStep' and c.action = 'delete' and c.at >= $4::date
           and not exists (select from plan_step s where s.workspace_id = $1 and s.id = c.record_id)
         order by c.record_id, c.at desc) p ${OF_DEAL}
       where p."on" >= $4::date and ${theirs} and ${which}) steps
     where status not in ('dropped', 'skipped') or changed_at >= $4::date
     order by abs("on"::date - current_date), id limit ${MOST}`,
    values,
    'calendar_steps',
  )
}

/** Told by both languages' words alike: a name of the method, or what somebody wrote. */
function titleOf({ play, what }: Pick<StepRow, 'play' | 'what'>, { methodology, language }: Described): string {
  return what ?? methodology.plays.plays.find(({ id }) => id === play)?.name[language] ?? play ?? WORDS.step[language]
}

function stepEvent(row: StepRow, said: Described): CalendarEvent {
  const { language, origin } = said
  const held = row.status === 'held'
  const cancelled = row.gone || row.status === 'dropped' || row.status === 'skipped'
  const names = row.people.map(({ name }) => name)
  const title = titleOf(row, said)
  const open = row.time === null ? {} : { time: row.time, ...(row.minutes === null ? {} : { minutes: row.minutes }) }
  return {
    uid: `${row.id}@sente`,
    // Taking it out is a change of its own.
    sequence: row.gone ? row.version : row.version - 1,
    changedAt: row.changed_at,
    title: names.length === 0 ? title : `${title}${WORDS.colon[language]}${names.join(WORDS.comma[language])}`,
    lines: [
      [row.account, row.deal].filter(Boolean).join(' · '),
      ...row.people.flatMap(({ name, title: post }) =>
        post === null ? [] : [`${name}${WORDS.comma[language]}${post}`],
      ),
      ...(row.through === null ? [] : [`${WORDS.through[language]}${row.through}`]),
      ...(row.status === 'done' ? [WORDS.done[language]] : []),
      ...(held ? [WORDS.proposed[language]] : []),
    ],
    ...(row.where === null ? {} : { place: row.where }),
    url: `${origin}/deals/${row.deal_id}`,
    state: cancelled ? 'cancelled' : held ? 'tentative' : 'confirmed',
    free: cancelled || held,
    day: row.on,
    ...open,
  }
}

const WORDS = {
  step: { en: 'Step', zh: '步骤' },
  colon: { en: ': ', zh: '：' },
  comma: { en: ', ', zh: '，' },
  through: { en: 'Through ', zh: '引见人：' },
  done: { en: 'Done.', zh: '已完成。' },
  proposed: { en: 'Proposed by the plan; not decided yet.', zh: '计划中的建议，尚未确定。' },
  touch: { en: 'Touch', zh: '接触' },
} as const

interface TouchRow {
  id: string
  deal_id: string
  version: number
  play: string | null
  what: string | null
  on: PlainDate
  deal: string
  account: string | null
  people: { name: string; title: string | null }[]
  changed_at: Date
}

/** What the member wrote down as done, where no step of that day stands for it. */
async function touchesOf(
  tx: Tx,
  {
    memberId,
    since,
    today,
    seen,
    saying,
  }: { memberId: string; since: PlainDate; today: PlainDate; seen: Seen; saying: Described },
): Promise<CalendarEvent[]> {
  const values: unknown[] = [tx.workspaceId, memberId, since, today]
  const rows = await tx.rows<TouchRow>(
    `select p.id, p.deal_id, p.version, p.play, p.what, p."on"::text as "on", d.name as deal, a.name as account,
       coalesce((select json_agg(json_build_object('name', w.name, 'title', w.title) order by o.place)
         from unnest(p."with") with ordinality as o (id, place)
         join person w on w.workspace_id = $1 and w.id = o.id), '[]') as people,
       coalesce((select max(c.at) from change c where c.workspace_id = $1 and c.record_id = p.id), p.created_at) as changed_at
     from touch p ${OF_DEAL}
     where p.workspace_id = $1
       and p.created_by = $2
       and p."on" between $3::date
       and $4::date
       and p.outcome not in ('cancelled', 'declined', 'no_answer', 'postponed')
       and p.flag is null and ${seen(values)}
       and not exists (select
         from plan_step s
         where s.workspace_id = $1 and s.deal_id = p.deal_id and s."on" = p."on" and s.status = 'done'
         and (s.play = p.play or s.what = p.what))
     order by p."on" desc, p.id limit ${MOST}`,
    values,
    'calendar_touches',
  )
  const { language, origin } = saying
  return rows.map((row) => {
    const names = row.people.map(({ name }) => name)
    const title = row.play === null && row.what === null ? WORDS.touch[language] : titleOf(row, saying)
    return {
      uid: `${row.id}@sente`,
      sequence: row.version - 1,
      changedAt: row.changed_at,
      title: names.length === 0 ? title : `${title}${WORDS.colon[language]}${names.join(WORDS.comma[language])}`,
      lines: [[row.account, row.deal].filter(Boolean).join(' · '), WORDS.done[language]],
      url: `${origin}/deals/${row.deal_id}`,
      state: 'confirmed' as const,
      free: true,
      day: row.on,
    }
  })
}

/**
 * Steps that the plans, as they were last made, propose for these people of ours from today on. No plan is made for it: what nobody has looked at since
 * the deal changed is as it was then. A proposal that goes leaves the calendar with it.
 */
async function proposalsOf(
  tx: Tx,
  { ids, today, seen, saying }: { ids: string[]; today: PlainDate; seen: Seen; saying: Described },
): Promise<CalendarEvent[]> {
  const values: unknown[] = [tx.workspaceId]
  const rows = await tx.rows<{
    deal_id: string
    deal_version: number
    on: PlainDate
    made_at: Date
    body: Buffer
    deal: string
    account: string | null
    people: { key: string; name: string; title: string | null }[]
  }>(
    `select distinct on (p.deal_id) p.deal_id, p.deal_version, p."on"::text as "on", p.made_at, p.body, d.name as deal, a.name as account,
       coalesce((select json_agg(json_build_object('key', s.key, 'name', w.name, 'title', w.title)) from stakeholder s
         join person w on w.workspace_id = $1 and w.id = s.person_id
         where s.workspace_id = $1 and s.deal_id = p.deal_id), '[]') as people
     from deal_plan p ${OF_DEAL}
     where p.workspace_id = $1
       and d.status = 'open'
       and p.style = coalesce(d.style, 'steady')
       and ${seen(values)}
     order by p.deal_id, p.made_at desc limit ${MOST}`,
    values,
    'calendar_proposals',
  )
  const { language, origin } = saying
  return rows.flatMap((row) => {
    const { plan } = JSON.parse(inflateRawSync(row.body).toString()) as { plan: Plan }
    const who = new Map(row.people.map((person) => [person.key, person]))
    return plan.steps
      .filter(({ ours, locked, on }) => !locked && ours !== null && ids.includes(ours) && on >= today)
      .map((step): CalendarEvent => {
        const people = step.with.flatMap((key) => who.get(key) ?? [])
        const title = step.name[language]
        return {
          uid: `${row.deal_id}.${stepIdOf(step)}@sente`,
          // A plan is made anew when the deal or the day is another: both only rise.
          sequence: row.deal_version + daysSince(plainDate(row.on)),
          changedAt: row.made_at,
          title:
            people.length === 0
              ? title
              : `${title}${WORDS.colon[language]}${people.map(({ name }) => name).join(WORDS.comma[language])}`,
          lines: [[row.account, row.deal].filter(Boolean).join(' · '), WORDS.proposed[language]],
          url: `${origin}/deals/${row.deal_id}`,
          state: 'tentative',
          free: true,
          day: step.on,
        }
      })
  })
}

/** Days from the first day of 2020. */
const daysSince = (day: PlainDate): number => Math.round((Date.parse(day) - Date.parse('2020-01-01')) / 86_400_000)
