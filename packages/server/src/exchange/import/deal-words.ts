import { KINDS } from '@sente/api'
import type { KindName } from '@sente/api'
import type { RecordKind } from '../../store/records.ts'
import type { DealChanges } from './deal-changes.ts'
import type { Says } from '../files/fields.ts'

const ZH: Readonly<Record<RecordKind, string>> = {
  account: '客户',
  person: '人员',
  deal: '商机',
  stakeholder: '干系人',
  stance: '立场',
  hold: '挂号',
  rival: '对手',
  rivalContact: '对手接触',
  note: '笔记',
  evidence: '依据',
  touch: '接触',
  proof: '证明',
  proofStatus: '证明进展',
  ucv: '独到价值',
  processStep: '采购步骤',
  ourStep: '销售步骤',
  planStep: '计划',
  estimate: '估计',
  pin: '阶段确认',
  stageClaim: '阶段声明',
  commitment: '承诺',
  discount: '折扣',
  notNeeded: '无需证明',
}
const english = (kind: RecordKind): string =>
  kind in KINDS ? KINDS[kind as KindName].path.replaceAll('-', ' ') : kind === 'person' ? 'people' : kind

/** What became of a deal that was there already, in a line of the report. Null: there is nothing to say. */
export function saysOf(
  { writes, kept }: DealChanges,
  { dryRun, changeSet }: { dryRun: boolean; changeSet: string },
): Says | null {
  if (writes.length === 0 && kept.size === 0) return null
  const kinds = Map.groupBy(writes, ({ kind }) => kind)
  const parts = (lang: 'en' | 'zh'): string =>
    [...kinds]
      .map(([kind, some]) => {
        const fresh = some.filter(({ action }) => action === 'create').length
        const fields = [
          ...new Set(some.filter(({ action }) => action === 'update').flatMap((write) => Object.keys(write.fields))),
        ]
        const name = lang === 'zh' ? ZH[kind] : english(kind)
        return `${name} ${[...(fresh > 0 ? [`+${fresh}`] : []), ...(fields.length > 0 ? [fields.join(lang === 'zh' ? '、' : ', ')] : [])].join('; ')}`
      })
      .join(lang === 'zh' ? '，' : ' · ')
  const stays = (lang: 'en' | 'zh'): string =>
    [...kept]
      .map(([kind, n]) => (lang === 'zh' ? `${ZH[kind]} ${n}` : `${n} in ${english(kind)}`))
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
