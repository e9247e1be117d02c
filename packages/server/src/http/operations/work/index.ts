import type { Operation } from '../../operation.ts'
import { methodology } from './methodology.ts'

export const operations: Operation[] = [methodology]
