#!/usr/bin/env bash
# jstat 1.9.6: three functions of one library give three different first quartiles of the same eight numbers.
#
# One would guess: quartiles(), quantiles([.25, .5, .75]) and percentile(.25) of one library follow one definition.
# What is so: quartiles() takes a sorted element (2), quantiles() interpolates with alphap = betap = 3/8 (2.4375), percentile()
# interpolates as spreadsheets do (2.75). The medians agree here, which hides it in a first test.
# Why it matters here: bands (10/50/90 %) of a forecast or of phase lengths of closed deals would differ by function and not by data;
# whoever mixes two of them shows two intervals for one history. Name the definition, or compute it oneself.
# Source: seen by running it; Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), for
# the definitions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error jstat@1.9.6 > /dev/null

cat > try.mjs <<'JS'
import { createRequire } from 'node:module'
const { jStat } = createRequire(import.meta.url)('jstat')
const days = [1, 2, 3, 4, 5, 6, 7, 8]
console.log('quartiles ', jStat.quartiles(days).join(' '))
console.log('quantiles ', jStat.quantiles(days, [0.25, 0.5, 0.75]).join(' '))
console.log('percentile', [0.25, 0.5, 0.75].map((p) => jStat.percentile(days, p)).join(' '))
JS
cat > seen.txt <<'SEEN'
quartiles  2 4 6
quantiles  2.4375 4.5 6.5625
percentile 2.75 4.5 6.25
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
