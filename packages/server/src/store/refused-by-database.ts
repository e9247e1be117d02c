import type { Text } from '@sente/engine'
import { fault } from './check-row.ts'
import { camel } from './records.ts'
import type { RecordKind } from './records.ts'
import { Conflict, InUse, InvalidInput } from './refusal.ts'

/** What each unique index means to whoever runs into it. */
const TAKEN: Readonly<Record<string, Text>> = {
  stakeholder_person: { en: 'This person is among the people of this deal already.', zh: '此人已在这个商机的人员中。' },
  stakeholder_key: { en: 'Somebody of this deal has this key already.', zh: '这个商机里已有人使用这个 key。' },
  rival_key: { en: 'A rival of this deal has this key already.', zh: '这个商机里已有对手使用这个 key。' },
  account_external: { en: 'Another account has this external id.', zh: '另一个客户已使用这个外部编号。' },
  person_external: { en: 'Another person has this external id.', zh: '另一个人已使用这个外部编号。' },
  deal_external: { en: 'Another deal has this external id.', zh: '另一个商机已使用这个外部编号。' },
  note_external: { en: 'Another note has this external id.', zh: '另一条笔记已使用这个外部编号。' },
  touch_external: { en: 'Another touch has this external id.', zh: '另一次接触已使用这个外部编号。' },
}
const SAME_ID: Text = { en: 'A record with this id is there already.', zh: '已有使用这个编号的记录。' }

/** An error of PostgreSQL in the words of the store; others come back as they are. */
export function refusedByDatabase(error: unknown, action: 'create' | 'update' | 'delete', kind: RecordKind): unknown {
  const { code, constraint = '' } = error as { code?: string; constraint?: string }
  if (code === '23505') return new Conflict(TAKEN[constraint] ?? SAME_ID, error)
  if (code === '23503') {
    if (action === 'delete')
      return new InUse({ en: 'Other records still point to this.', zh: '还有其他记录引用它。' }, error)
    const column = /_workspace_id_(\w+)_fkey$/.exec(constraint)?.[1]
    return new InvalidInput([
      fault(column ? camel(column) : '', { en: 'There is no such record.', zh: '没有这条记录。' }),
    ])
  }
  if (code === '23514') {
    const column = new RegExp(
      `^${kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_(\\w+?)_check`,
    ).exec(constraint)?.[1]
    return new InvalidInput([
      fault(column ? camel(column) : '', { en: 'This value is not allowed here.', zh: '这里不允许这个值。' }),
    ])
  }
  return error
}
