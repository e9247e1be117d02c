import { words } from '../i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

export const useActWords = words('act', en, zh)
