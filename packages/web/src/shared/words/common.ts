import { words } from '../i18n/words.ts'
import en from './en.json'
import zh from './zh.json'

export const useCommonWords = words('common', en, zh)
