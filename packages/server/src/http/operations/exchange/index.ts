import type { Operation } from '../../operation.ts'
import { cancel } from './cancel.ts'
import { exportAll } from './export.ts'
import { faults } from './faults.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { preview } from './preview.ts'
import { start } from './start.ts'

export const operations: Operation[] = [cancel, exportAll, faults, get, list, preview, start]
