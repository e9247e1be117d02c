interface Package {
  version?: string
  integrity?: string
  optional?: boolean
}
export function missingFrom(
  wanted: Readonly<Record<string, Package>>,
  there: Readonly<Record<string, Package>>,
): string[]
export function installed(root: string): 'none' | 'other' | 'whole'
