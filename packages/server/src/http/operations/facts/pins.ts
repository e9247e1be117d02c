import { factOperations } from './factory.ts'

export const pins = factOperations('pin')
