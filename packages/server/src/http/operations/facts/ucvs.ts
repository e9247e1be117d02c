import { factOperations } from './factory.ts'

export const ucvs = factOperations('ucv')
