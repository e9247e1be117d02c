import type { Operation } from '../../operation.ts'
import { me } from './me.ts'

export const operations: Operation[] = [me]
