import { words } from '../i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

/** Names of records and their fields: for histories, conflicts and forms. */
export const useRecordWords = words('records', en, zh)

/** A field's name; one that has none of ours is called as the API calls it. */
export function useFieldName(): (field: string) => string {
  const t = useRecordWords()
  return (field) => (field in en.fields ? t(`fields.${field}` as 'fields.name') : field)
}
export function useKindName(): (kind: string) => string {
  const t = useRecordWords()
  return (kind) => (kind in en.kinds ? t(`kinds.${kind}` as 'kinds.deal') : kind)
}
/** Which way a change came. */
export function useViaName(): (via: string) => string {
  const t = useRecordWords()
  return (via) => (via in en.via ? t(`via.${via}` as 'via.web') : via)
}
