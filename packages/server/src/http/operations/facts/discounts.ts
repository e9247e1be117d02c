import { factOperations } from './factory.ts'

export const discounts = factOperations('discount')
