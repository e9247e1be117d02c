import type { Lang } from '@sente/engine'
import { routes } from '@sente/api'
import type { Client } from '@sente/api'
import { EXIT, Stop } from '../context.ts'

export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The deal that somebody means by an id, a name or a part of one. Several: they are listed, and the command ends. */
export async function findDeal(client: Client, meant: string, lang: Lang): Promise<{ id: string; name: string }> {
  if (UUID.test(meant)) return { id: meant, name: meant }
  const { items, next } = await client.call(routes.deals.list, { query: { q: meant, limit: 50 } })
  const exact = items.filter(({ name }) => name.toLowerCase() === meant.toLowerCase())
  const found = exact.length > 0 ? exact : items
  if (found.length === 1) return found[0]!
  if (found.length === 0)
    throw new Stop(lang === 'zh' ? `没有叫“${meant}”的商机` : `There is no deal called "${meant}"`, EXIT.badInput)
  const list = found
    .slice(0, 20)
    .map(({ id, name, account }) => `  ${id}  ${name}${account ? ` (${account.name})` : ''}`)
  throw new Stop(
    [
      lang === 'zh' ? `“${meant}”可能指多个商机，请用编号：` : `"${meant}" may mean several deals; take the id:`,
      ...list,
      ...(next === undefined && found.length <= 20 ? [] : ['  …']),
    ].join('\n'),
    EXIT.badInput,
  )
}
