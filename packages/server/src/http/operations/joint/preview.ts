import { routes } from '@sente/api'
import { dealFor } from '../../../access/access.ts'
import { jointItems, jointProposed } from '../../../queries/joint-page.ts'
import { todayOf } from '../../../store/today.ts'
import { newNonce } from '../../headers.ts'
import { jointHtml } from '../../joint/html.ts'
import { JOINT_HEADERS, jointPolicy } from '../../joint/serve.ts'
import { operation } from '../../operation.ts'

/** Made by the same function as the customer's page, of the same rows. */
export const preview = operation(routes.joint.preview, ({ params, query, context }) =>
  context.inWorkspace(async (tx) => {
    await dealFor({ tx, principal: context.principal }, params.dealId)
    const nonce = newNonce()
    const items = await jointItems(tx, params.dealId)
    const page = {
      ...query,
      intro: query.intro,
      forWhom: undefined,
      today: await todayOf(tx),
      items,
      proposed: await jointProposed(tx, params.dealId),
    }
    return {
      stream: jointHtml(page, { language: query.language, nonce, path: undefined }),
      headers: { ...JOINT_HEADERS, 'content-security-policy': jointPolicy(nonce) },
    }
  }),
)
