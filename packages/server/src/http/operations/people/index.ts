import type { Operation } from '../../operation.ts'
import { create } from './create.ts'
import { remove } from './remove.ts'
import { update } from './update.ts'

export const operations: Operation[] = [create, remove, update]
