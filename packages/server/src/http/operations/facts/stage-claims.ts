import { factOperations } from './factory.ts'

export const stageClaims = factOperations('stageClaim')
