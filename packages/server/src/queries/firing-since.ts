import { setImmediate as breathe } from 'node:timers/promises'
import { dealOf } from '@sente/api'
import { addDays, firstDay, plainDate, summary } from '@sente/engine'
import type { PlainDate } from '@sente/engine'
import { methodOf, methodologyOf } from '../store/method.ts'
import { loadDeals } from '../store/read.ts'
import type { Tx } from '../store/tenant.ts'

/** Known already, by deal, rule and method. A run goes on while the deal stays as it is: what was found yesterday holds. */
const known = new Map<string, { version: number; on: PlainDate; since: PlainDate }>()
const MOST_KNOWN = 50_000
/** Briefs that one answer may cost; what is not found with them is found by the next. */
const MOST_BRIEFS = 120

interface Firing {
  dealId: string
  rule: string
}

/** Since when findings have been firing, by what could be known on each day. */
export async function firingSince(
  tx: Tx,
  on: PlainDate,
  findings: readonly Firing[],
): Promise<(finding: Firing) => PlainDate | undefined> {
  const methodology = await methodologyOf(tx)
  const keyOf = ({ dealId, rule }: Firing): string => `${dealId} ${rule} ${methodOf(methodology)}`
  const ids = [...new Set(findings.filter((finding) => known.has(keyOf(finding))).map(({ dealId }) => dealId))]
  const versions = new Map(
    (ids.length === 0
      ? []
      : await tx.rows<{ id: string; version: number }>(
          'select id, version from deal where workspace_id = $1 and id = any($2::uuid[])',
          [tx.workspaceId, ids],
          'versions',
        )
    ).map(({ id, version }) => [id, version]),
  )
  const found = new Map<string, PlainDate>()
  const open = findings.filter((finding) => {
    const before = known.get(keyOf(finding))
    const holds = before !== undefined && before.version === versions.get(finding.dealId) && before.on <= on
    if (holds) found.set(keyOf(finding), before.since)
    return !holds
  })
  let left = MOST_BRIEFS
  const wholes = open.length === 0 ? [] : await loadDeals(tx, [...new Set(open.map(({ dealId }) => dealId))])
  for (const whole of wholes) {
    const deal = dealOf(whole)
    const days = new Map<string, ReadonlySet<string>>()
    const rulesOn = async (day: PlainDate): Promise<ReadonlySet<string> | undefined> => {
      const rules = days.get(day)
      if (rules ?? left-- <= 0) return rules
      const computed = new Set(summary(deal, methodology, day).findings.map(({ rule }) => rule))
      days.set(day, computed)
      // A brief takes milliseconds: other requests are answered in between.
      await breathe()
      return computed
    }
    const began = [deal.openedOn, deal.firstContactOn, plainDate(whole.deal.createdAt.slice(0, 10)), on]
      .filter((day) => typeof day === 'string')
      .sort()[0] as PlainDate
    for (const finding of open.filter(({ dealId }) => dealId === whole.deal.id)) {
      const fires = async (day: PlainDate): Promise<boolean | undefined> => (await rulesOn(day))?.has(finding.rule)
      const key = keyOf(finding)
      // A change of the deal seldom moves the day.
      const hint = known.get(key)?.since
      const still =
        hint !== undefined &&
        hint <= on &&
        (await fires(hint)) === true &&
        (hint <= began || (await fires(addDays(hint, -1))) === false)
      const since = still ? hint : await firstDay(on, began, fires)
      if (since === undefined) continue
      if (known.size >= MOST_KNOWN) known.clear()
      known.set(key, { version: whole.deal.version, on, since })
      found.set(key, since)
    }
  }
  return (finding) => found.get(keyOf(finding))
}
