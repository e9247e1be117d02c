import { factOperations } from './factory.ts'

export const notNeeded = factOperations('notNeeded')
