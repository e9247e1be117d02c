import type { Operation } from '../../operation.ts'
import { create } from './create.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { plan } from './plan.ts'
import { remove } from './remove.ts'
import { slides } from './slides.ts'
import { update } from './update.ts'

export const operations: Operation[] = [create, get, list, plan, remove, slides, update]
