import type { Operation } from '../../operation.ts'
import { get } from './get.ts'
import { keep } from './keep.ts'
import { kept, snapshot } from './kept.ts'

export const operations: Operation[] = [get, keep, kept, snapshot]
