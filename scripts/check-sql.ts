// SQL is read one clause a line: a line of it that is wider than 120 columns holds one clause, brackets aside.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const WIDEST = 120
/** How a line of SQL begins: behind a quote, or on a line of its own. */
const SQL =
  /^\s*(?:.*[=(,:?]\s*)?[`']?\s*(?:select|insert into|update|delete from|with|from|where|and|or|set|values|returning|(?:left )?join|union|on conflict|order by)\b/
const CLAUSE =
  /\b(?:select|from|where|(?:left |cross )?join|group by|order by|having|limit|returning|values|set|union|on conflict)\b/g
/** Built from pieces of the catalogs' own functions, in which lines mean something else. */
const NOT_SO = new Set(['packages/server/src/store/schema-dump.ts'])

const root = join(import.meta.dirname, '..')
const faults: string[] = []
for (const name of readdirSync(join(root, 'packages/server/src'), { recursive: true, encoding: 'utf8' })) {
  const path = relative(root, join(root, 'packages/server/src', name))
    .split(sep)
    .join('/')
  if (!path.endsWith('.ts') || NOT_SO.has(path)) continue
  for (const [i, line] of readFileSync(join(root, path), 'utf8').split('\n').entries()) {
    if (
      line.length <= WIDEST ||
      /^\s*(?:en|zh):/.test(line) ||
      !SQL.test(line) ||
      !/\$\{?\w|_id\b|=|\bcount\(/.test(line)
    )
      continue
    const clauses = outside(line).match(CLAUSE) ?? []
    if (clauses.length > 1) faults.push(`${path}:${i + 1}: ${clauses.join(', ')} on one line: one clause a line`)
  }
}
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log(`no line of SQL wider than ${WIDEST} columns holds two clauses`)
process.exitCode = faults.length > 0 ? 1 : 0

/** A line without what stands in brackets and in quotes of SQL. */
function outside(line: string): string {
  let [text, depth] = ['', 0]
  const sql = line.replace(/^[^`']*[`']/, (code) => (/\bselect\b/.test(code) ? code : ''))
  for (const [letter] of sql.matchAll(/'[^']*'|./g)) {
    if (letter === '(' || letter === '{') depth++
    else if (letter === ')' || letter === '}') depth--
    else if (depth <= 0 && letter.length === 1) text += letter
  }
  return text
}
