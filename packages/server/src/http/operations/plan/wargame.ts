import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { gameWithoutSensitive } from '../../../access/without-sensitive.ts'
import { calendarsOf } from '../../../core/calendars/calendars.ts'
import { dayAskedFor } from '../../../queries/as-of.ts'
import { playGame } from '../../../queries/wargame.ts'
import { methodologyOf } from '../../../store/method.ts'
import { planGround } from '../../../store/plans.ts'
import { operation } from '../../operation.ts'

/** Nothing is kept. No connection of the database waits while it is played. */
export const wargame = operation(routes.plan.wargame, async ({ params, query: { asOf, paths, seed }, context }) => {
  const { access, deal, methodology, day } = await context.inWorkspace(async (tx) => {
    const may = await dealFor({ tx, principal: context.principal }, params.dealId)
    const ground = await planGround(tx, params.dealId)
    return {
      access: may,
      deal: ground.deal,
      methodology: await methodologyOf(tx),
      day: (await dayAskedFor(tx, asOf)) ?? ground.today,
    }
  })
  const game = await playGame(
    { deal, methodology, asOf: day, calendars: calendarsOf(deal, day), paths, seed },
    context.member.id,
    context.signal,
  )
  return access.sensitive ? game : gameWithoutSensitive(game)
})
