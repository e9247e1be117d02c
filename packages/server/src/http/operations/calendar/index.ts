import type { Operation } from '../../operation.ts'
import { absences } from './absences.ts'
import { choose } from './choose.ts'
import { end } from './end.ts'
import { feed } from './feed.ts'
import { readAbsences } from './read-absences.ts'
import { read } from './read.ts'
import { renew } from './renew.ts'
import { setAbsences } from './set-absences.ts'
import { step } from './step.ts'

export const operations: Operation[] = [absences, choose, end, feed, read, readAbsences, renew, setAbsences, step]
