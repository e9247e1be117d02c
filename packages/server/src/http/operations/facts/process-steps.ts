import { factOperations } from './factory.ts'

export const processSteps = factOperations('processStep')
