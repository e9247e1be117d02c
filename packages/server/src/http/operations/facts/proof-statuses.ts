import { factOperations } from './factory.ts'

export const proofStatuses = factOperations('proofStatus')
