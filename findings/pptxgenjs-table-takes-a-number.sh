#!/usr/bin/env bash
# pptxgenjs 4.0.1: a table gets the number that a text on the same slide has already.
#
# One would guess: every object of a slide has a number of its own, as the file format demands.
# What is so: texts, pictures and charts are numbered by their place on the slide, tables by another count (first table of the first slide: 2). A title and
# a table below it are both number 2. The format calls a document with one number twice non-conformant; what goes by the number (a comment, an
# animation, a link to a shape, a comparison of two versions) finds the wrong one.
# Why it matters here: a plan's slides are a title and a table, all of them. Number the objects of each slide anew in the written file.
# Source: ISO/IEC 29500-1, 20.1.2.2.8 cNvPr, attribute id ("if multiple objects within the same document share the same id ... non-conformant");
# seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error pptxgenjs@4.0.1 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { strFromU8, unzipSync } from 'fflate'
import pptxgen from 'pptxgenjs'
const deck = new pptxgen()
for (const title of ['Promises', 'Steps']) {
  const slide = deck.addSlide()
  slide.addText(title, { x: 1, y: 0.3, w: 5, h: 0.5 })
  slide.addText('as of 2 June', { x: 1, y: 0.8, w: 5, h: 0.3 })
  slide.addTable([[{ text: 'what' }, { text: 'by' }]], { x: 1, y: 1.2, w: 5 })
}
const files = unzipSync(await deck.write({ outputType: 'nodebuffer' }))
for (const n of [1, 2]) {
  const slide = strFromU8(files[`ppt/slides/slide${n}.xml`])
  const named = [...slide.matchAll(/<p:cNvPr id="(\d+)" name="([^"]+)"/g)].map(([, id, name]) => `${name} is ${id}`)
  console.log(`slide ${n}: ${named.join(', ')}`)
}
JS
cat > seen.txt <<'SEEN'
slide 1: Text 0 is 2, Text 1 is 3, Table 0 is 2
slide 2: Text 0 is 2, Text 1 is 3, Table 0 is 3
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
