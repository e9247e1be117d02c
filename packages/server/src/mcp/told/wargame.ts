import type { Lang, Methodology, WarGame } from '@sente/engine'
import { z } from 'zod'
import { line } from '../marks.ts'
import type { DealRef, PersonRef } from '../desk.ts'
import { Day, DealNamed, dealNamed, said, says, share, Share } from './shapes.ts'

const Spread = z.object({ value: z.number(), low: z.number(), high: z.number() })
const Way = z.object({
  way: z.string().meta({ description: 'What against and do call it' }),
  name: z.string(),
  says: z.string(),
  won: Spread.meta({ description: 'Share of the ways the customer may go that are won, with its range (80 %)' }),
  lost: Share,
  noDecision: Share,
  hours: z.int().meta({ description: 'Hours of ours' }),
  worth: Spread.meta({ description: 'Share won less what the same hours would win elsewhere; leaving the deal is 0' }),
  regret: z.number().meta({ description: 'The most it can lose, against one way of the rival, to the best one there' }),
  level: z.boolean().meta({ description: 'As good as the recommended one, as far as can be told' }),
})

export const WarGameTold = z.object({
  deal: DealNamed,
  asOf: Day,
  played: z.boolean(),
  why: z.string().optional().meta({ description: 'Why it was not played, and what to write down' }),
  rival: z.string().optional().meta({ description: 'The rival who plays; absent: one nobody named' }),
  winToday: Share.optional().meta({ description: 'The win number as the deal stands today' }),
  do: z
    .object({
      way: z.string(),
      says: z.string(),
      level: z.array(z.string()).meta({ description: 'Ways that are as good; no order among them is known' }),
      leastRegret: z.string(),
      steps: z.array(
        z.object({
          what: z.string(),
          with: z.array(z.string()),
          on: Day.optional(),
          phase: z.string().optional(),
          after: z.number().optional().meta({ description: 'So many days after that phase begins' }),
        }),
      ),
      moreSteps: z.int().optional(),
    })
    .optional(),
  ways: z.array(Way).meta({ description: 'Our ways of playing, over the mix of what the rival may do' }),
  without: z.array(z.string()).meta({ description: 'Ways that have no step in this deal' }),
  rivalWays: z.array(z.object({ rivalWay: z.string(), name: z.string(), says: z.string(), share: Share.optional() })),
  against: z.array(z.object({ way: z.string(), rivalWay: z.string(), won: Share, worth: z.number() })),
  holdsUntil: z
    .array(z.string())
    .meta({ description: 'What nobody has told, and at which chance another way is as good' }),
  question: z
    .object({ question: z.string(), to: z.string().optional(), worth: z.number() })
    .optional()
    .meta({ description: 'The one question worth asking first, and how much knowing adds to the worth' }),
  theirVisit: z.array(z.string()).meta({ description: 'What a visit of the rival to the number one takes, and when' }),
  decision: z.object({ early: Day, likely: Day, late: Day }).optional(),
  assumed: z.array(z.string()).meta({ description: 'What all this rests on; say it with every number' }),
})

const places = (value: number): number => Math.round(value * 1000) / 1000
const spread = ({ value, low, high }: { value: number; low: number; high: number }): z.input<typeof Spread> => ({
  value: places(value),
  low: places(low),
  high: places(high),
})

/** The war game of a deal in one language: what to do, how all ways compare, until when it holds, what to ask. */
export function warGameTold(
  deal: DealRef,
  game: WarGame,
  { people, method, lang }: { people: readonly PersonRef[]; method: Methodology; lang: Lang },
): z.input<typeof WarGameTold> {
  const named = (key: string): string => line(people.find((one) => one.key === key)?.name ?? key)
  const { recommended, question, visit, tomorrow, decisions } = game
  const best = game.strategies.find(({ id }) => id === recommended?.strategy)
  const phase = (id: string): string => method.phases.phases.find((one) => one.id === id)?.name[lang] ?? id
  const most = 15
  return {
    deal: dealNamed(deal),
    asOf: game.asOf,
    played: game.state === 'played',
    ...said({
      why: game.why && says(game.why, lang),
      rival: game.rival.name && line(game.rival.name),
      winToday: game.today === null ? undefined : share(game.today),
      do: recommended && {
        way: recommended.strategy,
        says: says(recommended.says, lang),
        level: recommended.level,
        leastRegret: recommended.leastRegret,
        steps: (best?.steps ?? []).slice(0, most).map((step) => ({
          what: says(step.name, lang),
          with: step.with.slice(0, 20).map(named),
          ...said({ on: step.on, phase: step.phase && phase(step.phase), after: step.after }),
        })),
        ...((best?.steps.length ?? 0) > most ? { moreSteps: best!.steps.length - most } : {}),
      },
      question: question && {
        question: says(question.text, lang),
        ...said({ to: question.to && named(question.to) }),
        worth: places(question.worth),
      },
      decision: decisions && { early: decisions.p10, likely: decisions.p50, late: decisions.p90 },
    }),
    ways: game.strategies
      .filter(({ playable }) => playable)
      .map((one) => ({
        way: one.id,
        name: says(one.name, lang),
        says: says(one.says, lang),
        won: spread(one.won),
        lost: share(one.lost),
        noDecision: share(one.noDecision),
        hours: Math.round(one.hours),
        worth: spread(one.worth),
        regret: places(one.regret),
        level: one.level,
      })),
    without: game.strategies.filter(({ playable }) => !playable).map(({ name }) => says(name, lang)),
    rivalWays: game.policies.map((one) => ({
      rivalWay: one.id,
      name: says(one.name, lang),
      says: says(one.says, lang),
      // The visit of tomorrow is a question that is asked, and no part of the mix.
      ...(one.share > 0 ? { share: share(one.share) } : {}),
    })),
    against: game.cells
      .filter(({ strategy }) => game.strategies.some(({ id, playable }) => id === strategy && playable))
      .map(({ strategy, policy, won, worth }) => ({
        way: strategy,
        rivalWay: policy,
        won: share(won),
        worth: places(worth),
      })),
    holdsUntil: game.turns.slice(0, 5).map((one) => says(one.says, lang)),
    theirVisit: [visit, tomorrow].flatMap((one) => (one ? [says(one.says, lang)] : [])),
    assumed: game.notes.slice(0, 8).map((one) => says(one, lang)),
  }
}
