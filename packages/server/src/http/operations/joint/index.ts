import type { Operation } from '../../operation.ts'
import { decide } from './decide.ts'
import { get } from './get.ts'
import { link } from './link.ts'
import { preview } from './preview.ts'
import { revoke } from './revoke.ts'

export const operations: Operation[] = [decide, get, link, preview, revoke]
