import { strToU8, zipSync } from 'fflate'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** `written`: a day as text, as the strict form of the format has it. `days`: a number shown as "30 days" by escaped letters. */
type Value = string | number | { day: string } | { written: string; formula?: string } | { days: number }

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const column = (at: number): string => String.fromCharCode(65 + at)
/** Days are numbers in the style of days, counted from the last but one day of 1899. */
function cell(value: Value, row: number, at: number): string {
  const place = `r="${column(at)}${row}"`
  if (typeof value === 'string') return `<c ${place} t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
  if (typeof value === 'number') return `<c ${place}><v>${value}</v></c>`
  if ('written' in value)
    return `<c ${place} s="1" t="d">${value.formula === undefined ? '' : `<f>${escaped(value.formula)}</f>`}<v>${value.written}</v></c>`
  if ('days' in value) return `<c ${place} s="2"><v>${value.days}</v></c>`
  return `<c ${place} s="1"><v>${(Date.parse(value.day) - Date.UTC(1899, 11, 30)) / 86_400_000}</v></c>`
}

/** A workbook of one sheet as office programs write it, of at most 26 columns. */
export function spreadsheet(rows: readonly (readonly Value[])[]): Buffer {
  const sheet = rows
    .map((values, i) => `<row r="${i + 1}">${values.map((value, at) => cell(value, i + 1, at)).join('')}</row>`)
    .join('')
  const files: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts><numFmt numFmtId="164" formatCode="General\\ \\d\\a\\y\\s"/></numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${MAIN}"><sheetData>${sheet}</sheetData></worksheet>`,
  }
  return Buffer.from(
    zipSync(
      Object.fromEntries(
        Object.entries(files).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)]),
      ),
    ),
  )
}
