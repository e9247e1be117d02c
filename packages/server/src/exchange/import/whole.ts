import type { Methodology } from '@sente/engine'
import type { Importer } from './batch.ts'
import type { ImportKind } from './fields.ts'
import { ImportProblem } from './problem.ts'

export function wholeImporter(kind: ImportKind, methodology: Methodology): Importer {
  void methodology
  throw new ImportProblem({ en: `${kind}: not yet`, zh: `${kind}：尚未支持` })
}
