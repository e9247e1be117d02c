import type { Lang } from '@sente/engine'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import type { Database } from '../../store/connect.ts'
import { eventBus } from '../../store/events.ts'
import type { Store } from '../../store/tenant.ts'
import { EXIT, Stop } from '../context.ts'
import { withDatabase } from './open.ts'

export interface LocalWorkspace {
  store: Store
  workspace: { id: string; name: string }
}

/** The workspace of the local database that is meant: the only one, or the one named. */
export async function withLocalWorkspace<T>(
  lang: Lang,
  wanted: string | undefined,
  work: (local: LocalWorkspace) => Promise<T>,
): Promise<T> {
  return withDatabase(lang, async (database) => {
    const workspace = await workspaceOf(database, wanted, lang)
    const loaded = loadMethodology(files)
    if (!('methodology' in loaded)) throw new Error('the shipped methodology has faults')
    const store: Store = { database, methodology: loaded.methodology, events: eventBus(database) }
    try {
      return await work({ store, workspace })
    } finally {
      await store.events.close()
    }
  })
}

async function workspaceOf(
  database: Database,
  wanted: string | undefined,
  lang: Lang,
): Promise<{ id: string; name: string }> {
  const { rows } = await database.app.query<{ id: string; name: string }>(`select id, name
    from workspaces()`)
  const found = wanted === undefined ? rows : rows.filter(({ id, name }) => id === wanted || name === wanted)
  if (found.length === 1) return found[0]!
  if (rows.length === 0)
    throw new Stop(
      lang === 'zh'
        ? '数据库里还没有工作区：请先运行一次 sente serve'
        : 'There is no workspace yet: start sente serve once',
      EXIT.badInput,
    )
  const names = rows.map(({ id, name }) => `  ${id}  ${name}`).join('\n')
  if (wanted !== undefined && found.length === 0)
    throw new Stop(
      lang === 'zh'
        ? `没有工作区“${wanted}”。现有：\n${names}`
        : `There is no workspace "${wanted}". There are:\n${names}`,
      EXIT.badInput,
    )
  throw new Stop(
    lang === 'zh' ? `请用 --workspace 指定工作区：\n${names}` : `Name the workspace with --workspace:\n${names}`,
    EXIT.badInput,
  )
}
