import type { Sessions } from '../auth/sessions.ts'
import type { Store } from '../store/tenant.ts'
import type { Settings } from '../core/settings.ts'

/** What operations share for the life of the process. */
export interface Services {
  settings: Settings
  /** The database with the method in force and the events of changes. */
  store: Store
  sessions: Sessions
}
