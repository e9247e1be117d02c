import { words } from '../../../shared/i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

/** Words of the plan: the next act, the picture, outcomes. */
export const usePlanWords = words('plan', en, zh)
