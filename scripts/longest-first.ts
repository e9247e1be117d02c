import { relative, sep } from 'node:path'
import { BaseSequencer } from 'vitest/node'
import type { TestSpecification } from 'vitest/node'

/**
 * Files by what they take, the longest first: a long file that is begun last goes on alone while the other workers have nothing to do.
 * Folders stand for their files. What is not named takes little and comes at the end, the larger file first. Only the order depends on it.
 */
const LONGEST: readonly string[] = [
  'e2e/screens-settings.test.ts',
  'e2e/screens-deals.test.ts',
  'e2e/screens-phone.test.ts',
  'packages/web/test/deal-sections.test.ts',
  'e2e/phone.test.ts',
  'packages/server/test/serve.test.ts',
  'packages/server/test/serve-import.test.ts',
  'packages/server/test/serve-again.test.ts',
  'packages/web/test/deal.test.ts',
  'packages/web/test/picture.test.ts',
  'packages/server/test/import-batches.test.ts',
  'packages/server/test/store-summaries.test.ts',
  'packages/server/test/store-history.test.ts',
  'packages/server/test/http/matrix.test.ts',
  'packages/server/test/http/limits.test.ts',
  'packages/server/test/store-query-plans.test.ts',
  'e2e/failures.test.ts',
  'e2e/',
  'packages/web/test/application.test.ts',
  'packages/web/test/worker.test.ts',
  'packages/web/test/deal-notes.test.ts',
  'packages/server/test/operator.test.ts',
  'packages/server/test/store-cluster.test.ts',
  'packages/server/test/store-crash.test.ts',
  'packages/server/test/store-connect.test.ts',
  'packages/server/test/backup.test.ts',
  'packages/server/test/store-pools.test.ts',
  'packages/server/test/export.test.ts',
  'packages/engine/test/plan-optimum.test.ts',
  'packages/reader/test/reader.test.ts',
  'packages/server/test/cli.test.ts',
  'packages/server/test/http/security.test.ts',
  'packages/server/test/http/',
  'packages/server/test/store-tenancy.test.ts',
  'packages/server/test/store-statements.test.ts',
  'packages/server/test/store-lists.test.ts',
]

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const bySize = await super.sort(files)
    const place = ({ moduleId }: TestSpecification): number => {
      const path = relative(process.cwd(), moduleId).split(sep).join('/')
      const at = LONGEST.findIndex((name) => path === name || (name.endsWith('/') && path.startsWith(name)))
      return at < 0 ? LONGEST.length : at
    }
    return bySize.toSorted((a, b) => place(a) - place(b))
  }
}
