import { loadMethodology } from '@sente/engine'
import type { Methodology } from '@sente/engine'
import { files } from '@sente/methodology'

function shipped(): Methodology {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults, null, 2))
  return loaded.methodology
}

/** The methodology as it ships, loaded once for all tests. */
export const METHOD = shipped()
