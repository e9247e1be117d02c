import type { Operation } from '../../operation.ts'
import { agenda } from './agenda.ts'
import { audit } from './audit.ts'
import { events } from './events.ts'
import { methodology } from './methodology.ts'
import { search } from './search.ts'
import { today } from './today.ts'
import { undo } from './undo.ts'

export const operations: Operation[] = [agenda, audit, events, methodology, search, today, undo]
