#!/usr/bin/env bash
# officeparser 7.8.0: a paragraph inside a content control of a Word template is left out, a control inside a line is read.
#
# One would guess: a content control is a frame around text, and its text is read wherever the frame stands.
# What is so: around words of a line it is read; around whole paragraphs, which is what a template's "decisions" or "next steps" field is, nothing of it
# comes, without a word.
# Why it matters here: the minutes' decisions are exactly what stands in those fields. Other readers of the format give both.
# Source: ISO/IEC 29500-1, 17.5.2.29 sdt (block level); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error officeparser@7.8.0 mammoth@1.13.0 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import mammoth from 'mammoth'
import officeparser from 'officeparser'
const types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const links = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
const run = (text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const line = (...parts) => `<w:p>${parts.join('')}</w:p>`
const save = (...lines) => writeFileSync('minutes.docx', zipSync({
  '[Content_Types].xml': strToU8(types),
  '_rels/.rels': strToU8(links),
  'word/document.xml': strToU8(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.join('')}</w:body></w:document>`),
}))

const control = (content) => `<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`
save(
  line(run('Date: '), control(run('2 March'))),
  line(run('Decisions')),
  control(line(run('The board sees three suppliers.')) + line(run('Trial in May.'))),
  line(run('End')),
)
const shown = (text) => text.trim().split(/\n+/).join(' | ')
const read = await officeparser.parseOffice('minutes.docx')
console.log(`officeparser: ${shown(typeof read === 'string' ? read : read.toText())}`)
console.log(`mammoth: ${shown((await mammoth.extractRawText({ path: 'minutes.docx' })).value)}`)
JS
cat > seen.txt <<'SEEN'
officeparser: Date: 2 March | Decisions | End
mammoth: Date: 2 March | Decisions | The board sees three suppliers. | Trial in May. | End
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
