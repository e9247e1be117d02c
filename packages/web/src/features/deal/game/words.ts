import { words } from '../../../shared/i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

/** Words of the war game. */
export const useGameWords = words('game', en, zh)
