#!/usr/bin/env bash
# pptxgenjs 4.0.1: a table that is spread over slides counts a Chinese character as wide as a Latin letter, so rows leave the slide.
#
# One would guess: autoPage begins a new slide when the rows no longer fit, in Chinese as in English.
# What is so: the lines of a cell are estimated by the number of characters alone. Forty Chinese characters of 14 points are 560 points wide and
# need two lines in a column of five inches (360 points); they are counted as one, as forty Latin letters are. Both tables get 13 rows on the
# first slide; with two lines a row only about half of them fit, and the rest stands below the edge.
# Why it matters here: risk lists and plans are exported as slides in both languages. autoPageCharWeight: -1 counts forty
# Chinese characters as two lines here; mixed text needs a width of one's own.
# Source: Unicode Standard Annex 11 (East Asian characters are wide: two cells); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error pptxgenjs@4.0.1 fflate@0.8.3 > /dev/null

cat > try.mjs <<'JS'
import { strFromU8, unzipSync } from 'fflate'
import pptxgen from 'pptxgenjs'
const slidesOf = async (text) => {
  const deck = new pptxgen()
  const rows = Array.from({ length: 20 }, (_, row) => [{ text: String(row + 1) }, { text }])
  deck.addSlide().addTable(rows, { x: 0.5, y: 0.5, w: 6, colW: [1, 5], fontSize: 14, autoPage: true })
  const files = unzipSync(await deck.write({ outputType: 'nodebuffer' }))
  const slides = Object.keys(files).filter((name) => /slides\/slide\d+\.xml$/.test(name)).sort()
  return slides.map((name) => strFromU8(files[name]).match(/<a:tr /g).length).join(' + ')
}
const latin = 'the line must not stop for more than 2 h'
const chinese = '厂长担心改造时停机太久要我们先拿出切换和回退的方案并由设备科验过才能定再去见总经'
console.log(`40 Latin letters a row: ${latin.length} characters, rows by slide ${await slidesOf(latin)}`)
console.log(`40 Chinese characters a row: ${[...chinese].length} characters, rows by slide ${await slidesOf(chinese)}`)
console.log(`80 Latin letters a row, as wide as 40 Chinese: rows by slide ${await slidesOf(latin + latin)}`)
JS
cat > seen.txt <<'SEEN'
40 Latin letters a row: 40 characters, rows by slide 13 + 7
40 Chinese characters a row: 40 characters, rows by slide 13 + 7
80 Latin letters a row, as wide as 40 Chinese: rows by slide 8 + 8 + 4
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
