import { factOperations } from './factory.ts'

export const evidence = factOperations('evidence')
