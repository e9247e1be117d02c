import { words } from '../../../shared/i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

export const usePlanWords = words('accountPlan', en, zh)
