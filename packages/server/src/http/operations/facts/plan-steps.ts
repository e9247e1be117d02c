import { factOperations } from './factory.ts'

export const planSteps = factOperations('planStep')
