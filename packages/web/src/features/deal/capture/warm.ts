import modelAddress from '@sente/reader/model.bin?url'
import { useEffect } from 'react'

/** What one came for is there by then. */
const PAUSE_MS = 5000
let asked = false

/** Fetched once: a device that keeps the application gets the reader's model (6 MB) too, so that notes are understood without a connection. */
async function warm(): Promise<void> {
  asked = true
  if (!(await caches.match(modelAddress))) await (await fetch(modelAddress, { priority: 'low' })).arrayBuffer()
}

/** For whoever may write notes, when the page has been there for a while; not where data is to be spared. */
export function useWarmReader(wanted: boolean): void {
  useEffect(() => {
    const { serviceWorker, connection } = navigator as Partial<Navigator> & { connection?: { saveData?: boolean } }
    if (!wanted || asked || !serviceWorker || connection?.saveData) return
    const timer = setTimeout(() => serviceWorker.controller && void warm().catch(() => (asked = false)), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [wanted])
}
