import { words } from '../../shared/i18n/words.ts'
import en from './words/en.json'
import zh from './words/zh.json'

export const useReviewWords = words('review', en, zh)
