import { factOperations } from './factory.ts'

export const rivals = factOperations('rival')
