import { routes } from '@sente/api'
import type { Brief, Lang, Methodology } from '@sente/engine'
import type { Line } from '../terminal/portfolio-line.ts'
import { withServer } from './remote.ts'
import type { Login } from './remote.ts'

/** Every open deal that the token's member sees, page by page. Deals that are still to be computed are left out. */
export async function remoteLines(login: Login, methodology: Methodology, lang: Lang): Promise<Line[]> {
  const rules = new Map(methodology.rules.rules.map((rule) => [rule.id, rule.name]))
  return withServer(login, lang, async (client) => {
    const lines: Line[] = []
    for (let cursor: string | undefined; ;) {
      const { items, next } = await client.call(routes.deals.list, {
        query: { status: 'open', sort: 'name', order: 'asc', limit: 200, ...(cursor === undefined ? {} : { cursor }) },
      })
      for (const { id, name, account, amount, sellerEstimate, summary, crmCloseOn, crmNextStep } of items) {
        if (!summary) continue
        lines.push({
          source: id,
          name,
          account: account?.name ?? null,
          amount: amount ?? null,
          phase: summary.phase ?? null,
          probability: summary.phases ? Math.max(...summary.phases) : null,
          stalled: summary.stalled ?? null,
          lead: {
            state: summary.lead.state,
            days: summary.lead.days ?? null,
            concern: summary.lead.concern ?? null,
          } as Brief['lead'],
          cover: summary.cover ?? null,
          // A list keeps them together.
          blocks: 0,
          dangers: summary.dangers,
          warnings: summary.warnings,
          worst: (summary.topFindings[0] && rules.get(summary.topFindings[0].rule)) ?? null,
          homework: summary.homework,
          decision: summary.decisionOn ?? null,
          model: summary.win ?? null,
          seller: sellerEstimate ?? null,
          crmCloseOn: crmCloseOn ?? null,
          crmNextStep: crmNextStep ?? null,
        })
      }
      if (next === undefined) return lines
      cursor = next
    }
  })
}
