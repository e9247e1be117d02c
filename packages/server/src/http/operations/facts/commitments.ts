import { factOperations } from './factory.ts'

export const commitments = factOperations('commitment')
