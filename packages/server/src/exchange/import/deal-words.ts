import type { KindName } from '@sente/api'
import { kindOf } from '@sente/engine'
import type { Lang, Text } from '@sente/engine'
import type { RecordKind } from '../../store/records.ts'
import type { DealChanges } from './deal-changes.ts'

const OTHERS: Readonly<Record<string, Text>> = {
  account: { en: 'account', zh: '客户' },
  person: { en: 'people', zh: '人员' },
  deal: { en: 'deal', zh: '商机' },
}
/** A kind as reports call it: many of them in English, one in Chinese. */
const called = (kind: RecordKind, lang: Lang): string =>
  OTHERS[kind]?.[lang] ??
  (lang === 'en' ? kindOf(kind as KindName).path.replaceAll('-', ' ') : kindOf(kind as KindName).name.zh)

/** What became of a deal that was there already, in a line of the report. Null: there is nothing to say. */
export function saysOf(
  { writes, kept }: DealChanges,
  { dryRun, changeSet }: { dryRun: boolean; changeSet: string },
): Text | null {
  if (writes.length === 0 && kept.size === 0) return null
  const kinds = Map.groupBy(writes, ({ kind }) => kind)
  const parts = (lang: Lang): string =>
    [...kinds]
      .map(([kind, some]) => {
        const fresh = some.filter(({ action }) => action === 'create').length
        const fields = [
          ...new Set(some.filter(({ action }) => action === 'update').flatMap((write) => Object.keys(write.fields))),
        ]
        const name = called(kind, lang)
        return `${name} ${[...(fresh > 0 ? [`+${fresh}`] : []), ...(fields.length > 0 ? [fields.join(lang === 'zh' ? '、' : ', ')] : [])].join('; ')}`
      })
      .join(lang === 'zh' ? '，' : ' · ')
  const stays = (lang: Lang): string =>
    [...kept]
      .map(([kind, n]) => (lang === 'zh' ? `${called(kind, lang)} ${n}` : `${n} in ${called(kind, lang)}`))
      .join(lang === 'zh' ? '、' : ', ')
  const left =
    kept.size === 0
      ? { en: '', zh: '' }
      : { en: ` Not in the file, and left as it is: ${stays('en')}.`, zh: `文件中没有、保持不变的：${stays('zh')}。` }
  if (writes.length === 0) return { en: left.en.trim(), zh: left.zh }
  return dryRun
    ? { en: `Would change: ${parts('en')}.${left.en}`, zh: `将会修改：${parts('zh')}。${left.zh}` }
    : {
        en: `Changed: ${parts('en')}. It can be undone as change ${changeSet}.${left.en}`,
        zh: `已修改：${parts('zh')}。可按变更 ${changeSet} 撤销。${left.zh}`,
      }
}
