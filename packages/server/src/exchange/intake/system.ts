import { plainHeading } from '../files/headings.ts'

/** Programs whose exports differ in what the same heading means. */
export type System = 'salesforce' | 'odoo' | 'hubspot' | 'dynamics' | 'pipedrive'

/** Which program wrote a list of deals, as far as its headings tell. */
export function systemOf(columns: readonly string[]): System | undefined {
  const has = new Set(columns.map(plainHeading))
  const any = (...names: string[]): boolean => names.some((name) => has.has(name))
  if (columns.some((column) => /^(?:deal|organi[sz]ation) - /i.test(column))) return 'pipedrive'
  if (
    columns.some((column) => /^\(do not modify\)/i.test(column)) ||
    any('potentialcustomer', 'estrevenue', 'estclosedate')
  )
    return 'dynamics'
  if (any('stagename', 'opportunityname') || (any('currencyisocode') && any('createddate'))) return 'salesforce'
  if (
    any('salesperson', 'salesteam', 'expectedclosing', 'crmlead', 'proratedrevenue') ||
    (any('opportunity') && any('createdon', 'active', 'externalid', 'customer'))
  )
    return 'odoo'
  if (any('dealname', 'dealstage') && any('recordid', 'pipeline', 'associatedcompany', 'createdate')) return 'hubspot'
  return undefined
}
