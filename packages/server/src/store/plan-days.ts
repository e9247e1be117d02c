import { addDays } from '@sente/engine'
import type { Methodology, PlainDate, Plan } from '@sente/engine'
import type { Tx } from './tenant.ts'

/** So long plans of earlier days are kept. */
const KEPT_DAYS = 400

/** A step as it stood: whom to see on which day, through whom, and who of ours goes; people by their keys in the deal. */
type Stood = Pick<Plan['steps'][number], 'play' | 'with' | 'through' | 'path' | 'ours' | 'on' | 'locked' | 'held'>

const stoodOf = ({ play, with: people, through, path, ours, on, locked, held }: Plan['steps'][number]): Stood => ({
  play,
  with: people,
  through,
  path,
  ours,
  on,
  locked,
  ...(held && { held }),
})

/**
 * Keeps a plan that another takes the place of, as it stood on the last day on which it was made. One that says the same as the last kept is that
 * one, which stood on. `today`: what is older than 400 days goes.
 */
export async function keepDay(
  tx: Tx,
  dealId: string,
  { asOf, style, steps }: Pick<Plan, 'asOf' | 'style' | 'steps'>,
  today: PlainDate,
): Promise<void> {
  await tx.rows(
    `insert into deal_plan_day (workspace_id, deal_id, style, "on", steps)
     select $1, $2, $3, $4, $5::jsonb
     where not exists (
       select from (
         select steps from deal_plan_day
         where workspace_id = $1 and deal_id = $2 and style = $3
         order by "on" desc limit 1) last
       where last.steps = $5::jsonb)
     on conflict (workspace_id, deal_id, style, "on") do update set steps = excluded.steps`,
    [tx.workspaceId, dealId, style, asOf, JSON.stringify(steps.map(stoodOf))],
    'keep_plan_day',
  )
  await tx.rows(
    `delete from deal_plan_day where workspace_id = $1 and deal_id = $2 and "on" < $3`,
    [tx.workspaceId, dealId, addDays(today, -KEPT_DAYS)],
    'drop_plan_days',
  )
}

/** The plan of a style that stood on an earlier day, with the day on which it was made; null: none is kept from then. */
export async function planOfDay(
  tx: Tx,
  dealId: string,
  { on, style, methodology }: { on: PlainDate; style: Plan['style']; methodology: Methodology },
): Promise<Plan | null> {
  const [row] = await tx.rows<{ on: PlainDate; steps: Stood[] }>(
    `select "on"::text as "on", steps
     from deal_plan_day
     where workspace_id = $1 and deal_id = $2 and style = $3 and "on" <= $4
     order by "on" desc limit 1`,
    [tx.workspaceId, dealId, style, on],
    'plan_of_day',
  )
  return row ? { ...EMPTY, asOf: row.on, style, steps: row.steps.map((step) => stepOf(step, methodology)) } : null
}

const EMPTY = { questions: [], cannot: [], changed: [], notes: [], value: 0, byTerm: [] } satisfies Partial<Plan>
const NOTHING = { en: '', zh: '' }

function stepOf(stood: Stood, { plays }: Methodology): Plan['steps'][number] {
  const play = plays.plays.find(({ id }) => id === stood.play)
  return {
    ...stood,
    name: play?.name ?? { en: stood.play, zh: stood.play },
    earliest: stood.on,
    latest: stood.on,
    start: stood.on,
    bring: { what: play?.bring ?? NOTHING, proofs: [] },
    ask: play?.ask ?? NOTHING,
    why: [],
    because: [],
    first: [],
    ifDeclined: null,
    linked: [],
    worth: 0,
  }
}
