import { factOperations } from './factory.ts'

export const proofs = factOperations('proof')
