import { KIND_NAMES } from '@sente/api'
import type { Operation } from '../../operation.ts'
import { factOperations } from './factory.ts'

/** List, create, update and remove of every declared kind. */
export const operations: Operation[] = KIND_NAMES.flatMap((kind) => factOperations(kind))
