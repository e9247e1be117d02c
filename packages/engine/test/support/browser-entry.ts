import { brief, loadMethodology, parseDeal, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'

/** What the browser test calls inside the page: a deal in, the bytes of its brief out. */
Object.assign(globalThis, {
  briefBytes(raw: unknown, asOf: string): string {
    const loaded = loadMethodology(files)
    if ('faults' in loaded) return JSON.stringify(loaded.faults)
    const read = parseDeal(raw, loaded.methodology)
    if ('faults' in read) return JSON.stringify(read.faults)
    return JSON.stringify(brief(read.deal, loaded.methodology, plainDate(asOf)))
  },
})
