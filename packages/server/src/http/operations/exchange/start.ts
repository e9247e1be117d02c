import { routes } from '@sente/api'
import type { IMPORT_KINDS, Permission } from '@sente/api'
import type { Principal } from '../../../auth/principal.ts'
import { rightsNow } from '../../../auth/rights-now.ts'
import type { ImportRights } from '../../../exchange/import/directory.ts'
import { ImportProblem } from '../../../exchange/files/problem.ts'
import type { Mapping } from '../../../exchange/files/mapping.ts'
import { answersOf } from './answers.ts'
import { jsonObject } from './json-object.ts'
import { runImport } from '../../../exchange/import/run.ts'
import { uploaded } from '../../uploads.ts'
import { viewerOf } from '../../../store/visibility.ts'
import type { Tx } from '../../../store/tenant.ts'
import { Fault } from '../../../core/fault.ts'
import { operation } from '../../operation.ts'

/** The answer comes when the last row is in; how far it is meanwhile is told by events and by reading the run. */
export const start = operation(routes.exchange.start, async ({ query, body, context }) => {
  const { services, principal, workspaceId, member, permissions, signal } = context
  const takes = TAKES[query.kind]
  const missing = takes.filter((right) => !permissions.has(right))
  if (missing.length > 0)
    throw new Fault('not-allowed', {
      detail: {
        en: `An import of ${query.kind} writes what takes the right ${missing.join(', ')}.`,
        zh: `导入 ${query.kind} 会写入需要权限 ${missing.join('、')} 的内容。`,
      },
    })
  const still = async (tx: Tx): Promise<ImportRights | undefined> => {
    const now = await rightsNow(tx, principal)
    return now && [routes.exchange.start.permission, ...takes].every((right) => now.permissions.has(right))
      ? importRights(now)
      : undefined
  }
  try {
    return await runImport(
      services.store,
      { workspaceId, actorId: member.id, via: 'import', rights: permissions },
      viewerOf(principal),
      uploaded(body, services),
      { ...query, answers: answersOf(query), mapping: mappingOf(query.mapping), signal, rightsNow: still },
    )
  } catch (error) {
    if (error instanceof ImportProblem) throw new Fault('unsupported-media', { detail: error.says })
    throw error
  }
})

const importRights = (rights: Pick<Principal, 'member' | 'permissions'>): ImportRights => ({
  viewer: viewerOf(rights),
  administers: rights.permissions.has('members:manage') && rights.permissions.has('workspace:manage'),
})

/** To import is to write in bulk: it takes what writing takes. Lists of deals and activities make the accounts and people that they name. */
const TAKES: Readonly<Record<(typeof IMPORT_KINDS)[number], readonly Permission[]>> = {
  accounts: ['accounts:write'],
  people: ['accounts:write'],
  deals: ['deals:write', 'accounts:write'],
  activities: ['deals:write', 'accounts:write'],
  'deal-files': ['deals:write', 'accounts:write'],
  workspace: ['deals:write', 'accounts:write'],
}

/** Our field to their column. */
export const mappingOf = (text: string | undefined): Mapping | undefined =>
  jsonObject(text, 'query.mapping', {
    en: 'Expected a JSON object of our field to their column.',
    zh: '应为 JSON 对象：我们的字段对应他们的列。',
  })
