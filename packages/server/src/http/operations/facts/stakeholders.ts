import { factOperations } from './factory.ts'

export const stakeholders = factOperations('stakeholder')
