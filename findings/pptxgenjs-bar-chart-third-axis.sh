#!/usr/bin/env bash
# pptxgenjs 4.0.1: a bar or line chart names three axes, one of which is nowhere in the chart; the file format allows exactly two.
#
# One would guess: a chart with categories and values has two axes, and its plot names those two.
# What is so: every bar chart (and line chart) is written with three c:axId. The third is the depth axis of charts in three dimensions, which is left out of the file
# unless the chart has depth. A schema check refuses the chart (c:barChart takes two axes), a reader that resolves the names finds nothing. A pie has none.
# Why it matters here: plans go out as slides with native charts, into programs nobody here has seen. Take the third name out of the written file.
# Source: ISO/IEC 29500-1, 21.2.2.16 barChart and the schema of CT_BarChart (axId, minOccurs 2, maxOccurs 2); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error pptxgenjs@4.0.1 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { strFromU8, unzipSync } from 'fflate'
import pptxgen from 'pptxgenjs'
const values = [{ name: 'won', labels: ['first works', 'second works'], values: [3, 2] }]
for (const kind of ['bar', 'bar3D', 'line', 'pie']) {
  const deck = new pptxgen()
  deck.addSlide().addChart(kind, values, { x: 0, y: 0, w: 5, h: 3 })
  const files = unzipSync(await deck.write({ outputType: 'nodebuffer' }))
  const chart = strFromU8(files[Object.keys(files).find((name) => /charts\/chart\d+\.xml$/.test(name))])
  const plot = chart.match(new RegExp(`<c:${kind}Chart>.*</c:${kind}Chart>`, 's'))[0]
  const named = [...plot.matchAll(/<c:axId val="(\d+)"/g)].map(([, id]) => id)
  const there = [...chart.replace(plot, '').matchAll(/<c:axId val="(\d+)"/g)].map(([, id]) => id)
  console.log(`${kind}: names ${named.length} axes, ${named.filter((id) => there.includes(id)).length} of them are in the chart`)
}
JS
cat > seen.txt <<'SEEN'
bar: names 3 axes, 2 of them are in the chart
bar3D: names 3 axes, 3 of them are in the chart
line: names 3 axes, 2 of them are in the chart
pie: names 0 axes, 0 of them are in the chart
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
