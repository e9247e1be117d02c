#!/usr/bin/env bash
# opencc-js 1.4.2: simplified to traditional changes surnames that were right.
#
# One would guess: a converter that knows phrases leaves a person's name alone, or at least converts a surname to the character that
# the family writes.
# What is so: characters that merge several traditional ones are taken for the common word: the surnames Fan (范), Yu (于) and Yu (余)
# exist as they are in traditional script, but come out as 範, 於 and 餘; the given name of Gan Bao (干宝) becomes "trunk treasure".
# Others (葉, 雲, 姜, 后) are right, so that a quick look finds nothing. All four targets (t, tw, twp, hk) do it.
# Why it matters here: people of a customer are found again by name across files from the mainland, Taiwan and Hong Kong; a converted
# surname makes a second person of the first, and prints the chairman's name wrong on a page for him. Convert texts, never names, or
# treat the character behind it as the same only for comparing.
# Source: seen by running it; the Unicode Unihan data (kTraditionalVariant of U+8303 lists both 範 and 范).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error opencc-js@1.4.2 > /dev/null

cat > try.mjs <<'JS'
import * as OpenCC from 'opencc-js'
for (const to of ['t', 'tw', 'twp', 'hk']) {
  const convert = OpenCC.Converter({ from: 'cn', to })
  console.log(to, ['范伟', '于洋', '余秋', '干宝', '叶问', '云飞', '姜山'].map(convert).join(' '))
}
JS
cat > seen.txt <<'SEEN'
t 範偉 於洋 餘秋 幹寶 葉問 雲飛 姜山
tw 範偉 於洋 餘秋 幹寶 葉問 雲飛 姜山
twp 範偉 於洋 餘秋 幹寶 葉問 雲飛 姜山
hk 範偉 於洋 餘秋 幹寶 葉問 雲飛 姜山
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
