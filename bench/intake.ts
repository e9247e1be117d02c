import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import { readTable } from '../packages/server/src/exchange/files/crm.ts'
import { ImportProblem } from '../packages/server/src/exchange/files/problem.ts'
import { readNotes } from '../packages/server/src/notes/files.ts'

/**
 * How the handed forms of material come in: `node bench/intake.ts [folder]`, with the figures of time and doubt for each file. What is right is
 * in `packages/server/test/intake.test.ts` and `messages.test.ts`; this shows what a user would be told.
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '../packages/server/test/intake')
const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const { methodology } = loaded

for (const name of (await readdir(folder)).toSorted()) {
  const path = join(folder, name)
  const began = performance.now()
  const took = (): string => `${Math.round(performance.now() - began)} ms`
  try {
    if (/\.(?:csv|tsv|xlsx|xls|vcf|ics)$/.test(name)) {
      const { kind, rows, report } = await readTable(name, await readFile(path), {
        method: methodology,
        ours: { currency: 'CNY', timeZone: 'Asia/Shanghai' },
      })
      const faulty = rows.filter(({ faults }) => faults.length > 0).length
      const left = report.leftOut.map(({ reason, rows: count }) => `${count} ${reason}`)
      const doubts = report.doubts.map(({ about, waits }) => `${about}${waits ? '?' : ''}`)
      console.log(
        [
          name,
          kind,
          `${rows.length - faulty} taken`,
          `${faulty} refused`,
          left.join(', ') || '–',
          doubts.join(', ') || '–',
          took(),
        ].join(' | '),
      )
    } else {
      const { notes, said } = await readNotes(path, { methodology, zone: 'Asia/Shanghai' })
      console.log([name, 'notes', `${notes.length} taken`, '0 refused', '–', `${said.length} said`, took()].join(' | '))
    }
  } catch (error) {
    const says = error instanceof ImportProblem ? error.says.en : (error as Error).message
    console.log([name, 'refused', says, took()].join(' | '))
  }
}
