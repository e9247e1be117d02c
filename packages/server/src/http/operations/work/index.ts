import type { Operation } from '../../operation.ts'
import { audit } from './audit.ts'
import { methodology } from './methodology.ts'
import { undo } from './undo.ts'

export const operations: Operation[] = [audit, methodology, undo]
