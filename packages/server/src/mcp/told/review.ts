import type { Lang, Methodology } from '@sente/engine'
import { changeWords, claimWords, farWords, lackWords, REVIEW_WORDS, weekWords } from '@sente/picture'
import { z } from 'zod'
import type { ReviewRow, ReviewSeen } from '../desk.ts'
import { line } from '../marks.ts'
import { Day, DealNamed, dealNamed, listOf, said, share, Share, top } from './shapes.ts'

const Money = z.number().meta({ description: 'In the currency of the deal’s amount, at most so much' })

export const ReviewTold = z.object({
  asOf: Day,
  since: Day.meta({ description: 'The earlier day that everything is compared with' }),
  deals: z.int(),
  notComputedYet: z.int().optional(),
  groups: z
    .array(
      z.object({
        by: z.enum(['loss', 'no-amount', 'no-drop']).meta({
          description:
            'loss: by what can still be prevented this week, in one currency; no-amount: the amount is not known; no-drop: what a week costs is not known',
        }),
        currency: z.string().optional(),
        preventable: Money.optional(),
        deals: z.int(),
      }),
    )
    .meta({
      description: 'Only within one of them has the order a meaning; currencies are never compared or added up',
    }),
  rows: z.array(
    z.object({
      deal: DealNamed,
      group: z.int(),
      owner: z.string().optional(),
      preventable: Money.optional().meta({ description: 'Absent: not known' }),
      win: Share.optional(),
      seller: Share.optional(),
      manager: Share.optional(),
      baseRate: Share.optional(),
      phase: z.string().optional().meta({ description: 'Absent: nothing was heard of the customer' }),
      leadDays: z.int().optional(),
      nextMeeting: Day.optional(),
      toSay: z.array(z.string()).meta({ description: 'Numbers that are far apart, and what the deal lacks' }),
      changed: listOf(z.string()),
      thisWeek: listOf(z.string()),
    }),
  ),
  closed: z.array(z.object({ deal: DealNamed, how: z.string() })),
})

/** A pipeline review in one language. */
export function reviewTold(
  review: ReviewSeen,
  { lang, method }: { lang: Lang; method: Methodology },
): z.input<typeof ReviewTold> {
  const names = { lang, asOf: review.on, phases: method.phases }
  const dealOf = ({ dealId, name, account }: ReviewRow) => dealNamed({ id: dealId, name, account })
  return {
    asOf: review.on,
    since: review.since,
    deals: review.deals,
    ...said({ notComputedYet: review.waiting > 0 ? review.waiting : undefined }),
    groups: review.groups.map(({ by, currency, loss, deals }) => ({
      by,
      deals,
      ...said({ currency, preventable: loss === null ? undefined : Math.round(loss) }),
    })),
    rows: review.rows.map((row) => {
      const { line: kept, voices, loss, owner } = row
      const number = (value: number | undefined): number | undefined => (value === undefined ? value : share(value))
      return {
        deal: dealOf(row),
        group: row.group,
        ...said({
          owner: owner && line(owner),
          preventable: loss === null ? undefined : Math.round(loss),
          win: number(voices.sente),
          seller: number(voices.seller),
          manager: number(voices.manager),
          baseRate: number(voices.base),
          phase: method.phases.phases.find(({ id }) => id === kept.phase)?.short[lang],
          leadDays: kept.lead.days,
          nextMeeting: kept.nextMeeting?.on,
        }),
        toSay: [
          ...row.far.map((far) => farWords(far, lang)),
          ...[claimWords(kept, names)].flatMap((says) => (says === null ? [] : [line(says)])),
          ...row.lacks.map((lack) => lackWords(lack, lang)),
        ],
        changed: top(
          row.changes.map((change) => line(changeWords(change, names))),
          12,
        ),
        thisWeek: top(
          weekWords(kept.week, lang, review.on, Infinity).map((says) => line(says)),
          8,
        ),
      }
    }),
    closed: review.gone.slice(0, 20).map((row) => ({
      deal: dealOf(row),
      how: REVIEW_WORDS[lang].change.closed[row.line.status as 'won'],
    })),
  }
}
