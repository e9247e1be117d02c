#!/usr/bin/env bash
# word-extractor 1.0.4 and officeparser 7.8.0: a paragraph that was moved while changes are tracked is read twice, at its old place too.
#
# One would guess: a tracked deletion and a tracked move are treated alike, and the text is what it would be with all changes taken.
# What is so: what was struck out is left out by both, but what was moved away stays where it was and comes again where it went.
# Why it matters here: minutes go round among several people with tracked changes. The same promise then counts twice, and in the older order of
# things. Leave out moveFrom before reading.
# Source: ISO/IEC 29500-1, 17.13.5.22 moveFrom (content that was moved away from here); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error word-extractor@1.0.4 officeparser@7.8.0 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import officeparser from 'officeparser'
import Extractor from 'word-extractor'
const types = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const links = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
const run = (text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const line = (...parts) => `<w:p>${parts.join('')}</w:p>`
const save = (...lines) => writeFileSync('minutes.docx', zipSync({
  '[Content_Types].xml': strToU8(types),
  '_rels/.rels': strToU8(links),
  'word/document.xml': strToU8(`<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.join('')}</w:body></w:document>`),
}))

const by = 'w:id="1" w:author="A" w:date="2026-03-02T09:00:00Z"'
save(
  line(`<w:moveFrom ${by}>${run('They pay in June.')}</w:moveFrom>`),
  line(run('The board decides in '), `<w:del ${by}><w:r><w:delText>May</w:delText></w:r></w:del>`, `<w:ins ${by}>${run('August')}</w:ins>`, run('.')),
  line(`<w:moveTo ${by}>${run('They pay in June.')}</w:moveTo>`),
)
const shown = (text) => text.trim().split(/\n+/).join(' | ')
console.log(`word-extractor: ${shown((await new Extractor().extract('minutes.docx')).getBody())}`)
const read = await officeparser.parseOffice('minutes.docx')
console.log(`officeparser: ${shown(typeof read === 'string' ? read : read.toText())}`)
JS
cat > seen.txt <<'SEEN'
word-extractor: They pay in June. | The board decides in August. | They pay in June.
officeparser: They pay in June. | The board decides in August. | They pay in June.
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
