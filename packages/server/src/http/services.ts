import type { Methodology } from '@sente/engine'
import type { Settings } from './settings.ts'

/** What operations share for the life of the process. */
export interface Services {
  settings: Settings
  methodology: Methodology
}
