import type { DealRow } from '@sente/api'

const DAY = 86_400_000
const days = (on: string): number => Date.parse(`${on}T00:00:00Z`) / DAY
const dayOf = (n: number): string => new Date(n * DAY).toISOString().slice(0, 10)

export interface Placed {
  deal: DealRow
  /** Shares of the width, 0..1: from the opening to today or the close, and on to the expected decision. */
  from: number
  to: number
  until: number
}

/** Months between two ticks: quarters as long as their names have room, then half years, years and more. */
const STEPS = [3, 6, 12, 24, 60]

/** Deals on one scale of time, open ones first, then by their opening; with at most `most` ticks. */
export function layoutDeals(
  deals: readonly DealRow[],
  today: string,
  most = 8,
): { rows: Placed[]; ticks: { at: number; on: string }[]; now: number } {
  const spans = deals.map((deal) => {
    const from = days(deal.openedOn ?? deal.updatedAt.slice(0, 10))
    const end = deal.status === 'open' ? days(today) : days(deal.closedOn ?? today)
    const decision =
      deal.status === 'open' && deal.summary?.decisionOn !== undefined ? days(deal.summary.decisionOn) : end
    return { deal, from, to: Math.max(from, end), until: Math.max(from, end, decision) }
  })
  const first = Math.min(...spans.map(({ from }) => from), days(today) - 30)
  const last = Math.max(...spans.map(({ until }) => until), days(today) + 30)
  const share = (day: number): number => (day - first) / (last - first)
  const months = STEPS.find((step) => (last - first) / 30.44 / step <= most) ?? 120
  const ticks: { at: number; on: string }[] = []
  const [year = 2000] = dayOf(first).split('-').map(Number)
  for (let month = 0; ; month += months) {
    const on = new Date(Date.UTC(year - (year % Math.ceil(months / 12)), month, 1)).toISOString().slice(0, 10)
    const at = share(days(on))
    if (at > 0.88) break
    if (at >= 0) ticks.push({ at, on })
  }
  const rows = spans
    .sort((a, b) => Number(b.deal.status === 'open') - Number(a.deal.status === 'open') || a.from - b.from)
    .map(({ deal, from, to, until }) => ({ deal, from: share(from), to: share(to), until: share(until) }))
  return { rows, ticks, now: share(days(today)) }
}
