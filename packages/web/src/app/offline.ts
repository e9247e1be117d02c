import { offerReload } from '../shared/undo/undo.tsx'

const HOUR_MS = 3_600_000

/**
 * Keeps the application on the device, where the browser can (not over plain http). A new version takes over by itself with the next page;
 * who has one open is told.
 */
export function keepOnDevice(): void {
  const { serviceWorker } = navigator as Partial<Navigator>
  if (!import.meta.env.PROD || !serviceWorker) return
  const start = async (): Promise<void> => {
    const registration = (await serviceWorker.register('/sw.js', { updateViaCache: 'none' })) as
      | ServiceWorkerRegistration
      | undefined
    // A browser looks for a new version when a page is opened; an application that stays open asks by itself.
    setInterval(() => navigator.onLine && void registration?.update().catch(() => {}), HOUR_MS)
  }
  // What the screen needs comes first.
  addEventListener('load', () => void start().catch(() => {}))
  let before = serviceWorker.controller
  serviceWorker.addEventListener('controllerchange', () => {
    if (before) offerReload()
    before = serviceWorker.controller
  })
}
