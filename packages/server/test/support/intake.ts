import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { readTable } from '../../src/exchange/files/crm.ts'
import type { Table } from '../../src/exchange/files/crm.ts'
import type { Answers } from '../../src/exchange/intake/doubts.ts'
import { ROOT } from '../run.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
export const method = loaded.methodology
export const folder = join(ROOT, 'packages/server/test/intake')
export const asOf = '2026-11-30' as never

export const table = async (name: string, answers: Answers = {}, timeZone = 'Asia/Shanghai'): Promise<Table> =>
  readTable(name, await readFile(join(folder, name)), { method, answers, ours: { timeZone, currency: 'CNY' } })
export const written = (text: string, answers: Answers = {}, name = 'x.csv'): Promise<Table> =>
  readTable(name, Buffer.from(text), { method, answers, ours: { timeZone: 'Asia/Shanghai', currency: 'CNY' } })
export const pick = ({ rows }: Table, ...fields: string[]): unknown[][] =>
  rows.map(({ given }) =>
    fields.map((field) => {
      const value = given[field]
      return field === 'amount' && value !== undefined
        ? `${(given['currency'] as string | undefined) ?? (value as { currency?: string }).currency ?? '-'} ${(value as { value: string }).value}`
        : value
    }),
  )
export const left = ({ report }: Table): Record<string, number> =>
  Object.fromEntries(report.leftOut.map(({ reason, rows }) => [reason, rows]))
export const doubts = ({ report }: Table): string[] => report.doubts.map(({ about, guess }) => `${about} ${guess}`)
