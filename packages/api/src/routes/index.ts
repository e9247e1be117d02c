import { accounts } from './accounts.ts'
import { auth } from './auth.ts'
import { calendar } from './calendar.ts'
import { deals } from './deals.ts'
import { exchange } from './exchange.ts'
import { facts } from './facts.ts'
import { joint } from './joint.ts'
import { members } from './members.ts'
import { people } from './people.ts'
import { plan } from './plan.ts'
import { webhooks } from './webhooks.ts'
import { review } from './review.ts'
import { work } from './work.ts'
import { workspace } from './workspace.ts'

/** Every operation of the API, by area. */
export const routes = {
  auth,
  members,
  workspace,
  deals,
  facts,
  accounts,
  people,
  plan,
  calendar,
  joint,
  review,
  work,
  exchange,
  webhooks,
}
export type Routes = typeof routes
