// `npm run reader`: trains on the corpus, writes model.bin and the record of what it was
// trained from, and reports on the development part (`-- --test` on the test part,
// which is looked at once for a release).
import { readFileSync, writeFileSync } from 'node:fs'
import { readModel } from '../src/model.ts'
import { digest, inputsDigest, RECORD } from './inputs.ts'
import type { TrainingRecord } from './inputs.ts'
import { proposedInWords } from './proposed.ts'
import { report } from './report.ts'
import { method, train } from './train.ts'

const { file, judged, summary } = train()
writeFileSync(new URL('../model.bin', import.meta.url), file)
writeFileSync(
  RECORD,
  `${JSON.stringify({ inputs: inputsDigest(), model: digest(file) } satisfies TrainingRecord, null, 2)}\n`,
)
console.log(summary)
const part = process.argv.includes('--test') ? 'test' : 'dev'
// The shipped model has learned from the development part; what is said of that part is said of the model before.
const { short, full } = report(part === 'test' ? readModel(file, method) : judged, part)
console.log(`\n${short}`)
console.log(`\nProposals: language, kind, right, proposed, in the notes\n${proposedInWords()}`)
if (part === 'test') {
  const page = new URL('../../../docs/reader.md', import.meta.url)
  const [text] = readFileSync(page, 'utf8').split('<!-- figures -->')
  writeFileSync(page, `${text}<!-- figures -->\n\n${full}`)
}
