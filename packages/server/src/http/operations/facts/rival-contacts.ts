import { factOperations } from './factory.ts'

export const rivalContacts = factOperations('rivalContact')
