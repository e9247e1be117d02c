import { filesPlace } from '../shared/files/files.ts'
import { offerReload } from '../shared/undo/undo.tsx'

const HOUR_MS = 3_600_000
/** So long after a first try that failed comes the second, then twice as long after each. */
const AGAIN_MS = 5_000

/**
 * Keeps the application on the device, where the browser can (not over plain http). A new version takes over by itself with the next page;
 * who has one open is told.
 */
export function keepOnDevice(): void {
  const { serviceWorker } = navigator as Partial<Navigator>
  // Files of this machine need no copy of the application, and their program is another with every start.
  if (!import.meta.env.PROD || !serviceWorker || filesPlace !== undefined) return
  const start = async (pause = AGAIN_MS): Promise<void> => {
    // One file that did not come leaves nothing on the device: on a connection that comes and goes another try may do.
    const again = (): void => void setTimeout(() => void start(pause * 2), Math.min(pause, HOUR_MS))
    const registration = await serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined)
    const installing = registration?.installing
    if (!registration || !(installing ?? registration.waiting ?? registration.active)) return again()
    if (installing && !registration.active)
      installing.addEventListener('statechange', () => {
        if (installing.state === 'redundant') again()
        else if (installing.state === 'activated') lookForNew(registration)
      })
    else lookForNew(registration)
  }
  // A browser looks for a new version when a page is opened; an application that stays open asks by itself.
  const lookForNew = (registration: ServiceWorkerRegistration): void =>
    void setInterval(() => navigator.onLine && void registration.update().catch(() => {}), HOUR_MS)
  // What the screen needs comes first.
  if (document.readyState === 'complete') void start()
  else addEventListener('load', () => void start())
  let before = serviceWorker.controller
  serviceWorker.addEventListener('controllerchange', () => {
    if (before) offerReload()
    before = serviceWorker.controller
  })
}
