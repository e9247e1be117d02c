import type { DealRow } from '@sente/client'

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

/** Deals on one scale of time, open ones first, then by their opening; with a tick at the beginning of each quarter or year. */
export function layoutDeals(deals: readonly DealRow[], today: string): { rows: Placed[]; ticks: { at: number; on: string }[]; now: number } {
  const spans = deals.map((deal) => {
    const from = days(deal.openedOn ?? deal.updatedAt.slice(0, 10))
    const end = deal.status === 'open' ? days(today) : days(deal.closedOn ?? today)
    const decision = deal.status === 'open' && deal.summary?.decisionOn !== undefined ? days(deal.summary.decisionOn) : end
    return { deal, from, to: Math.max(from, end), until: Math.max(from, end, decision) }
  })
  const first = Math.min(...spans.map(({ from }) => from), days(today) - 30)
  const last = Math.max(...spans.map(({ until }) => until), days(today) + 30)
  const share = (day: number): number => (day - first) / (last - first)
  const months = (last - first) / 30.44 > 30 ? 12 : 3
  const ticks: { at: number; on: string }[] = []
  const [year = 2000] = dayOf(first).split('-').map(Number)
  for (let month = 0; ; month += months) {
    const on = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
    const at = share(days(on))
    if (at > 0.88) break
    if (at >= 0) ticks.push({ at, on })
  }
  const rows = spans
    .sort((a, b) => Number(b.deal.status === 'open') - Number(a.deal.status === 'open') || a.from - b.from)
    .map(({ deal, from, to, until }) => ({ deal, from: share(from), to: share(to), until: share(until) }))
  return { rows, ticks, now: share(days(today)) }
}
