import { factOperations } from './factory.ts'

export const ourSteps = factOperations('ourStep')
