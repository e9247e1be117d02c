#!/usr/bin/env bash
# exceljs 4.4.0: a day that a workbook holds as text of ISO 8601 comes out in July 1905.
#
# One would guess: a cell of type d (a date) gives the date that stands in it; it is the plainest form of a day a workbook can have.
# What is so: the library knows no such cell. It takes the number at the beginning of the text, 2026, for a count of days since 1900 and shows
# 18 July 1905 for every day of that year. xlsx-populate gives NaN; read-excel-file gives the day.
# Why it matters here: "Strict Open XML" of office programs writes days so, and so do makers of exports that follow the standard. All closing dates of a list are
# then the same day, and a check of plausible years is all that tells. Find cells of type d before the workbook is read.
# Source: ISO/IEC 29500-1, 18.18.11 ST_CellType (d: the cell contains a date in the ISO 8601 format); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error exceljs@4.4.0 read-excel-file@9.3.17 xlsx-populate@1.21.0 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import excel from 'exceljs'
import { strToU8, zipSync } from 'fflate'
import readExcel from 'read-excel-file/node'
import populate from 'xlsx-populate'
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

save('days.xlsx', '<c r="A1" s="1" t="d"><v>2026-03-02</v></c><c r="B1" s="1" t="d"><v>2026-12-22T00:00:00</v></c>', 'yyyy\\-mm\\-dd')
const book = new excel.Workbook()
await book.xlsx.readFile('days.xlsx')
const show = (values) => values.map((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))).join(' ')
console.log(`exceljs: ${show(book.worksheets[0].getRow(1).values.slice(1))}`)
const [{ data }] = await readExcel('days.xlsx')
console.log(`read-excel-file: ${show(data[0])}`)
console.log(`xlsx-populate: ${show((await populate.fromFileAsync('days.xlsx')).sheet(0).usedRange().value()[0])}`)
JS
cat > seen.txt <<'SEEN'
exceljs: 1905-07-18 1905-07-18
read-excel-file: 2026-03-02 2026-12-22
xlsx-populate: NaN NaN
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
