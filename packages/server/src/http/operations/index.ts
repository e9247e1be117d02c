import type { Operation } from '../operation.ts'
import { operations as accounts } from './accounts/index.ts'
import { operations as auth } from './auth/index.ts'
import { operations as calendar } from './calendar/index.ts'
import { operations as deals } from './deals/index.ts'
import { operations as exchange } from './exchange/index.ts'
import { operations as facts } from './facts/index.ts'
import { operations as joint } from './joint/index.ts'
import { operations as members } from './members/index.ts'
import { operations as people } from './people/index.ts'
import { operations as plan } from './plan/index.ts'
import { operations as webhooks } from './webhooks/index.ts'
import { operations as review } from './review/index.ts'
import { operations as work } from './work/index.ts'
import { operations as workspace } from './workspace/index.ts'

/** Every operation there is. The order does not matter; `table.ts` compares it with the route table at the start. */
export const operations: Operation[] = [
  ...accounts,
  ...auth,
  ...calendar,
  ...deals,
  ...exchange,
  ...facts,
  ...joint,
  ...members,
  ...people,
  ...plan,
  ...webhooks,
  ...review,
  ...work,
  ...workspace,
]
