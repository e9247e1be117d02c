import { factOperations } from './factory.ts'

export const estimates = factOperations('estimate')
