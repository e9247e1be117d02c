import type { Operation } from '../../operation.ts'
import { accept } from './accept.ts'
import { compare } from './compare.ts'
import { get } from './get.ts'
import { outcome } from './outcome.ts'
import { preview } from './preview.ts'
import { promises } from './promises.ts'
import { wargame } from './wargame.ts'

export const operations: Operation[] = [accept, compare, get, outcome, preview, promises, wargame]
