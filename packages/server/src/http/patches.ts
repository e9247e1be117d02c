import { Fault } from '../core/fault.ts'

/** In a patch `null` means "not known any more"; refuses it where a record cannot do without. */
export function checkNotNull(body: Readonly<Record<string, unknown>>, fields: readonly string[]): void {
  const faults = fields
    .filter((field) => body[field] === null)
    .map((field) => ({ field: `body.${field}`, what: { en: 'This cannot be left open.', zh: '此项不能留空。' } }))
  if (faults.length > 0) throw new Fault('invalid-input', { faults })
}
