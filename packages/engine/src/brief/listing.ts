import { addDays } from '../core/dates.ts'
import type { Ground } from '../assess/ground.ts'
import type { PlainDate } from '../core/dates.ts'
import type { Model } from '../core/model.ts'
import type { Deal } from '../deal/deal.ts'
import { OPEN_PHASES } from '../methodology/schema.ts'
import type { Text } from '../methodology/schema.ts'
import type { Features } from '../outlook/features.ts'
import type { Brief } from './schema.ts'

/** When they decide; null once closed, and where nothing was heard of the customer: the calendar alone says no day. */
export function decisionDays({ known, passages, asOf }: Ground): Brief['outlook']['when'] {
  return known && passages ? quantileDays(passages[OPEN_PHASES - 1]!, asOf) : null
}

/** Our touches, and the plays planned from today on, in the order of their days. */
export function touchesView(deal: Deal, model: Model, asOf: PlainDate): Brief['deal']['touches'] {
  const nameOf = (play: string | undefined, what: string | undefined): Text =>
    (play ? model.plays.get(play)?.name : undefined) ?? { en: what ?? play ?? 'Contact', zh: what ?? play ?? '接触' }
  const done = (deal.touches ?? [])
    .filter((touch) => touch.outcome === 'done')
    .map((touch) => ({
      on: touch.on,
      play: touch.play ?? null,
      name: nameOf(touch.play, touch.what),
      with: [...touch.with],
      concern: touch.concern ?? null,
      planned: false,
    }))
  const planned = (deal.plan ?? []).flatMap((step) => {
    if (step.status !== 'open' || !step.on || step.on < asOf) return []
    const concern = (step.play ? model.plays.get(step.play)?.concern : undefined) ?? null
    return [
      {
        on: step.on,
        play: step.play ?? null,
        name: nameOf(step.play, step.what),
        with: [...(step.with ?? [])],
        concern,
        planned: true,
      },
    ]
  })
  return [...done, ...planned].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
}

/** What the estimates had to do without, each with the field of the deal file that would tell. */
export function missingFor(deal: Deal, features: Features, model: Model): Brief['missing'] {
  const list: Brief['missing'] = []
  const say = (field: string, en: string, zh: string): void => void list.push({ what: { en, zh }, field })
  if (!deal.firstContactOn && !deal.openedOn && !deal.evidence?.length)
    say('firstContactOn', 'No date at all: the position is only the usual start.', '没有任何日期：位置只是通常的起点。')
  if (!deal.evidence?.length)
    say('evidence', 'No evidence: the position moves by the calendar alone.', '没有依据：位置只随日历推移。')
  if (!deal.people?.length)
    say('people', 'No people: demand is the bare curve, cover is unknown.', '没有人员：关注度只用原始曲线，覆盖未知。')
  if (!deal.proofs)
    say(
      'proofs',
      'No word on proofs: readiness counts only what was said and done.',
      '没有证明记录：准备度只计已说已做的。',
    )
  if (!deal.touches)
    say('touches', 'No touches: trust and our own step are unknown.', '没有接触记录：信任与我方步骤未知。')
  if (!deal.rivals)
    say('rivals', 'No word on rivals: who else is with them is unknown.', '没有对手信息：还有谁在接触客户，未知。')
  for (const { id, name } of model.methodology.outlook.features) {
    if (features[id].known > 0) continue
    say(FIELD_OF[id] ?? 'evidence', `Not known to the outlook: ${name.en}.`, `赢率研判时未知：${name.zh}。`)
  }
  return list
}

/** Where the deal file says what a feature is made of. */
const FIELD_OF: Partial<Record<keyof Features, string>> = {
  number_one: 'people[].roles',
  economic_buyer: 'people[].roles',
  top_missing: 'firstContactOn',
  other_deciders: 'people[].roles',
  working_level: 'people[].roles',
  answered: 'proofs',
  unique_value: 'ucv',
  history: 'account.wonProjects',
  rival_pull: 'rivals',
}

/** Days ahead as days; null: not in sight. */
export function quantileDays(
  days: readonly (number | null)[],
  asOf: PlainDate,
): { p10: string | null; p50: string | null; p90: string | null } {
  const on = (value: number | null | undefined): string | null =>
    value === null || value === undefined ? null : addDays(asOf, value)
  return { p10: on(days[0]), p50: on(days[1]), p90: on(days[2]) }
}
