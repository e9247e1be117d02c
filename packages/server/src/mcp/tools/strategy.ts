import { z } from 'zod'
import { AccountTold, accountTold } from '../told/account.ts'
import { ReviewTold, reviewTold } from '../told/review.ts'
import { WarGameTold, warGameTold } from '../told/wargame.ts'
import { tool } from '../tool.ts'
import { AsOf, DayArg, DealArg } from './inputs.ts'

export const playWarGame = tool({
  name: 'war_game',
  title: { en: 'War game', zh: '推演' },
  description: {
    en: 'Our ways of playing a deal against what a rival may do: which does best, which are as good, until when that holds, and the one question worth asking first. It compares and foretells nothing: how rivals move and how our steps go is assumed, and `assumed` says so. Takes some seconds.',
    zh: '把我方几种打法与对手可能的走法逐一对局：哪种最好、哪些不相上下、什么情况下会变、最值得先问的一个问题。只作比较，不是预言：对手怎么走、我方步骤成不成都是假设，见 assumed。需要几秒钟。',
  },
  input: z.strictObject({
    deal: DealArg,
    paths: z.int().min(200).max(10_000).default(10_000).meta({
      description: 'Ways the customer may go that are drawn; fewer are quicker and coarser',
    }),
    asOf: AsOf,
  }),
  output: WarGameTold,
  needs: ['deals:read'],
  run: async ({ deal: meant, ...asked }, desk) => {
    const deal = await desk.find(meant)
    const game = await desk.warGame(deal, asked)
    return warGameTold(deal, game, { people: await desk.people(deal), method: await desk.method(), lang: desk.lang })
  },
})

export const readAccountPlan = tool({
  name: 'account_plan',
  title: { en: 'Account plan', zh: '大客户规划' },
  description: {
    en: 'One customer over all deals with it that you may see: units and offers with the white space, who knows whom and whom we must see by when, goals, rivals, promises, risks, next steps, and what to ask to fill the rest.',
    zh: '一个客户，合并你能看到的全部商机：各单位与产品（含空白）、谁认识谁、谁该在哪天前见、目标、对手、承诺、风险、下一步，以及还要问什么才能填满。',
  },
  input: z.strictObject({
    account: z.string().trim().min(1).max(300).meta({
      description: 'The customer: its name, a part of it that no other has, or the id or name of one of its deals',
    }),
    asOf: AsOf,
  }),
  output: AccountTold,
  needs: ['deals:read'],
  run: async ({ account, asOf }, desk) => accountTold(await desk.accountPlan(account, asOf), desk.lang),
})

export const pipelineReview = tool({
  name: 'pipeline_review',
  title: { en: 'Pipeline review', zh: '商机例会' },
  description: {
    en: 'Open deals in the order of the loss that can still be prevented this week (amount × what acting now buys), what changed since last week or any day, whose numbers are far apart, and which deals lack a next meeting, a met decider or a second contact. Currencies are orders of their own. For the most endangered first, see review_list.',
    zh: '进行中的商机，按本周还能挽回的损失（金额 × 现在就做能多赢的）排序；与上周或任意一天相比有什么变化、谁的数差得远、哪些商机没有下次会面、没见过决策人或只靠一个人。不同币种各自排序。只看最危险的，用 review_list。',
  },
  input: z.strictObject({
    since: DayArg.optional().meta({
      description: 'The earlier day to compare with (YYYY-MM-DD); default a week ago',
      format: 'date',
    }),
    limit: z.int().min(1).max(40).default(15),
  }),
  output: ReviewTold,
  needs: ['deals:read'],
  run: async (asked, desk) => reviewTold(await desk.review(asked), { lang: desk.lang, method: await desk.method() }),
})
