import { factOperations } from './factory.ts'

export const stances = factOperations('stance')
