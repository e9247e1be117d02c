#!/usr/bin/env bash
# officeparser 7.8.0: the slides of a deck are read in the order of their files, not in the order in which they are shown.
#
# One would guess: the text of a presentation comes in the order a viewer sees, which the list of slides in presentation.xml gives.
# What is so: slide1.xml comes first, slide2.xml second, wherever they were moved to. A deck whose last slide was dragged to the front reads as
# before the move. (A program that saves may rename the files; it need not, and decks put together from others keep their names.)
# Why it matters here: minutes and project plans come as decks. Which date replaces which, and under which heading a promise stands, follows from
# the order. Read the list in presentation.xml and its relationships, or do not conclude anything from the order.
# Source: ISO/IEC 29500-1, 19.2.1.34 sldIdLst (the order of slides); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error officeparser@7.8.0 pptxgenjs@4.0.1 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { writeFileSync } from 'node:fs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import officeparser from 'officeparser'
import pptxgen from 'pptxgenjs'
const deck = new pptxgen()
for (const text of ['history', 'now', 'next']) deck.addSlide().addText(text, { x: 1, y: 1, w: 5, h: 1 })
const files = unzipSync(await deck.write({ outputType: 'nodebuffer' }))
const list = strFromU8(files['ppt/presentation.xml'])
const [first, second, third] = list.match(/<p:sldId [^>]*\/>/g)
files['ppt/presentation.xml'] = strToU8(list.replace(first + second + third, third + first + second))
writeFileSync('moved.pptx', zipSync(files))
const read = await officeparser.parseOffice('moved.pptx')
const text = typeof read === 'string' ? read : read.toText()
console.log('shown: next, history, now')
console.log('read: ' + text.trim().split(/\s+/).join(', '))
JS
cat > seen.txt <<'SEEN'
shown: next, history, now
read: history, now, next
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
