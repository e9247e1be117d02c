import { factOperations } from './factory.ts'

export const touches = factOperations('touch')
