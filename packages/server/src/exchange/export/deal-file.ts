import { dealOf } from '@sente/api'
import { writeDealFile } from '@sente/engine'
import { stringify } from 'yaml'
import { loadDeal } from '../../store/read.ts'
import type { Tx } from '../../store/tenant.ts'

/** A deal as the file it would be written as. Reading it gives the same deal again; one without an id of its own bears that of the database, by which an import knows it. */
export async function dealFile(
  tx: Tx,
  dealId: string,
  format: 'yaml' | 'json',
  sensitive: boolean,
): Promise<{ text: string; filename: string }> {
  const whole = await loadDeal(tx, dealId, {
    include: ['all'],
    limit: 1_000_000,
    access: { write: false, share: false, sensitive },
  })
  const deal = dealOf(whole)
  const file = writeDealFile({ ...deal, id: deal.id ?? dealId })
  const text =
    format === 'json' ? `${JSON.stringify(file, null, 2)}\n` : stringify(file, { lineWidth: 0, schema: 'core' })
  return { text, filename: `${fileName(deal.name)}.${format}` }
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  return (
    name
      // eslint-disable-next-line no-control-regex -- control characters are what no file name may hold
      .replaceAll(/[\u0000-\u001f\u007f"*/:<>?\\|]+/g, '-')
      .replaceAll(/^[\s.-]+|[\s.-]+$/g, '')
      .slice(0, 100)
      // No half of a character at the end.
      .replace(/[\ud800-\udbff]$/, '') || 'deal'
  )
}
