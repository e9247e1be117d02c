import { factOperations } from './factory.ts'

export const holds = factOperations('hold')
