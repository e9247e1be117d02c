#!/usr/bin/env bash
# pptxgenjs 4.0.1: a value that is not known becomes a point with an empty number, not a missing point.
#
# One would guess: null in the values of a line or column chart leaves the point out, so that the line has a gap there.
# What is so: the point is written with an empty value (<c:pt idx="1"><c:v></c:v></c:pt>), which is no number; what it looks like is
# then left to each program that opens the slides. In the file format a gap is a point that is absent from the cache.
# Why it matters here: unknown is not zero: a lead or an amount that is not known yet must be a gap on a slide for the customer.
# Write one series per stretch, or take the empty points out of the file.
# Source: ISO/IEC 29500-1, DrawingML charts, numeric point caches; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error pptxgenjs@4.0.1 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import pptxgen from 'pptxgenjs'
import { strFromU8, unzipSync } from 'fflate'
const slides = new pptxgen()
const values = [{ name: 'lead', labels: ['May', 'June', 'July'], values: [12, null, 4] }]
slides.addSlide().addChart(slides.charts.LINE, values, { x: 0, y: 0, w: 5, h: 3 })
const files = unzipSync(await slides.write({ outputType: 'nodebuffer' }))
const chart = strFromU8(files[Object.keys(files).find((name) => /charts\/chart\d+\.xml$/.test(name))])
console.log(chart.match(/<c:val>.*?<\/c:val>/s)[0].match(/<c:pt .*?<\/c:pt>/gs).join('\n'))
JS
cat > seen.txt <<'SEEN'
<c:pt idx="0"><c:v>12</c:v></c:pt>
<c:pt idx="1"><c:v></c:v></c:pt>
<c:pt idx="2"><c:v>4</c:v></c:pt>
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
