import { FIELD_NAMES, KIND_NAMES, KINDS } from '@sente/engine'
import type { KindName } from '@sente/engine'
import { useText } from '../i18n/use-lang.ts'
import { words } from '../i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

/** Names of records and their fields: for histories, conflicts and forms. Those of the kinds below a deal come from their declaration. */
export const useRecordWords = words('records', en, zh)

/** A field's name; one that has none of ours is called as the API calls it. */
export function useFieldName(): (field: string) => string {
  const t = useRecordWords()
  const text = useText()
  return (field) => {
    const declared = Object.hasOwn(FIELD_NAMES, field) ? FIELD_NAMES[field] : undefined
    return declared ? text(declared) : field in en.fields ? t(`fields.${field}` as 'fields.title') : field
  }
}
const isKind = (kind: string): kind is KindName => (KIND_NAMES as readonly string[]).includes(kind)
export function useKindName(): (kind: string) => string {
  const t = useRecordWords()
  const text = useText()
  return (kind) =>
    isKind(kind) ? text(KINDS[kind].name) : kind in en.kinds ? t(`kinds.${kind}` as 'kinds.deal') : kind
}
/** Which way a change came. */
export function useViaName(): (via: string) => string {
  const t = useRecordWords()
  return (via) => (via in en.via ? t(`via.${via}` as 'via.web') : via)
}
