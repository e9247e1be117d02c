#!/usr/bin/env bash
# date-holidays 3.37.0: the public holidays of mainland China are those of a law that ended in 2013.
#
# One would guess: for 2025 and later it has the four days of the Spring Festival (the eve and the first three days) and the two of Labour Day that
# the State Council's regulation of November 2024 gives.
# What is so: for every year it has three days, the eve and the first two, as from 2008 to 2013, and one day of Labour Day. For 2014 to 2024, when the
# eve was a working day by law and the third day was free, it is wrong at both ends.
# Why it matters here: the third day of the festival and 2 May are taken for days on which a customer can be met. (Make-up days of work are
# not in its model at all.)
# Source: State Council, Regulation on Public Holidays for National Annual Festivals and Memorial Days, 2013 and 2024 revisions; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error date-holidays@3.37.0 lunar-javascript@1.7.7 > /dev/null

cat > try.mjs <<'JS'
import Holidays from 'date-holidays'
import { Lunar } from 'lunar-javascript'
const china = new Holidays('CN')
for (const year of [2012, 2020, 2025, 2026]) {
  const free = new Set(china.getHolidays(year).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10)))
  const newYear = Date.parse(Lunar.fromYmd(year, 1, 1).getSolar().toYmd())
  const of = (offset) => (free.has(new Date(newYear + offset * 864e5).toISOString().slice(0, 10)) ? 'free' : 'work')
  console.log(year, '| eve', of(-1), '| first', of(0), '| second', of(1), '| third', of(2), '| 1 May', free.has(`${year}-05-01`) ? 'free' : 'work', '| 2 May', free.has(`${year}-05-02`) ? 'free' : 'work')
}
JS
cat > seen.txt <<'SEEN'
2012 | eve free | first free | second free | third work | 1 May free | 2 May work
2020 | eve free | first free | second free | third work | 1 May free | 2 May work
2025 | eve free | first free | second free | third work | 1 May free | 2 May work
2026 | eve free | first free | second free | third work | 1 May free | 2 May work
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
