import type { Operation } from '../operation.ts'
import { operations as auth } from './auth/index.ts'

/** Every operation there is. The order does not matter; `check.ts` compares it with the route table at the start. */
export const operations: Operation[] = [...auth]
