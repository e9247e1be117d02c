#!/usr/bin/env bash
# exceljs 4.4.0: a number shown with escaped letters, as "480 days" by 0\ \d\a\y\s, is read as a date of 1901, with the marks gone from its format.
#
# One would guess: a backslash in a number format makes the next letter plain text, so the cell is a number; and numFmt gives the format as written.
# What is so: with quotation marks (0" days") it stays a number. With backslashes the letters d, y and s count as parts of a date, the value becomes a
# Date, and numFmt reads "0 days": from the cell alone nobody can tell any more that it was 480.
# Why it matters here: payment terms, lead times and durations are shown so, in English (days, h, months) as in other languages; an amount "480 mn" too. Read the
# format from styles.xml and turn such dates back into numbers.
# Source: ISO/IEC 29500-1, 18.8.31 numFmts (the backslash shows the next character as it is); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error exceljs@4.4.0 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import excel from 'exceljs'
import { strToU8, zipSync } from 'fflate'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const save = (name, cells, format) => writeFileSync(name, zipSync(Object.fromEntries(Object.entries({
  '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="${format}"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData><row r="1">${cells}</row></sheetData></worksheet>`,
}).map(([file, xml]) => [file, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)]))))

for (const format of ['0&quot; days&quot;', '0\\ \\d\\a\\y\\s', '0\\ \\m\\n']) {
  save('number.xlsx', '<c r="A1" s="1"><v>480</v></c>', format)
  const book = new excel.Workbook()
  await book.xlsx.readFile('number.xlsx')
  const { value, numFmt } = book.worksheets[0].getCell('A1')
  console.log(`${format.replaceAll('&quot;', '"')}: ${value instanceof Date ? value.toISOString().slice(0, 10) : value} (${numFmt})`)
}
JS
cat > seen.txt <<'SEEN'
0" days": 480 (0" days")
0\ \d\a\y\s: 1901-04-24 (0 days)
0\ \m\n: 1901-04-24 (0 mn)
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
