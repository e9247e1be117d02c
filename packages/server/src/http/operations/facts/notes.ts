import { factOperations } from './factory.ts'

export const notes = factOperations('note')
