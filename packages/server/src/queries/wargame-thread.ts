import { warGame } from '@sente/engine'
import type { WarGame } from '@sente/engine'
import { answerTasks } from '../core/thread-tasks.ts'
import type { GameAsked } from './wargame.ts'

answerTasks(({ deal, methodology, asOf, ...request }: GameAsked): WarGame => warGame(deal, methodology, asOf, request))
