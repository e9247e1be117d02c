#!/usr/bin/env bash
# retail-calendar 4.1.2: in a year of 53 weeks the last week belongs to no month and no quarter, with the settings of the NRF as they are exported.
#
# One would guess: NRFCalendarOptions gives the NRF's calendar, where January of such a year has five weeks, and the months make up the year.
# What is so: the year ends on 3 February 2024 and has 53 weeks, its months have 52 and end on 27 January; the week behind them says month -1 and
# quarter -1. It joins the last month only where addLeapWeekToMonth is set, which these settings leave out.
# Why it matters here: a forecast by periods of 4-5-4 weeks leaves out what is signed in the last week of the year, which is the heaviest one, and
# the quarters add up to less than the year.
# Source: National Retail Federation, 4-5-4 calendar of 2023 (53 weeks; January 31 December to 3 February); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error retail-calendar@4.1.2 > /dev/null

cat > try.mjs <<'JS'
import retail from 'retail-calendar'
const { NRFCalendarOptions, RetailCalendarFactory } = retail
const day = (date) => date.toISOString().slice(0, 10)
for (const [name, options] of [['as exported', NRFCalendarOptions], ['addLeapWeekToMonth 11', { ...NRFCalendarOptions, addLeapWeekToMonth: 11 }]]) {
  const { numberOfWeeks, lastDayOfYear, months, weeks } = new RetailCalendarFactory(options, 2023)
  const inMonths = months.reduce((sum, month) => sum + month.numberOfWeeks, 0)
  console.log(`${name}: ${numberOfWeeks} weeks until ${day(lastDayOfYear)}, ${inMonths} in months until ${day(months.at(-1).gregorianEndDate)}; last week: month ${weeks.at(-1).monthOfYear}, quarter ${weeks.at(-1).quarterOfYear}`)
}
JS
cat > seen.txt <<'SEEN'
as exported: 53 weeks until 2024-02-03, 52 in months until 2024-01-27; last week: month -1, quarter -1
addLeapWeekToMonth 11: 53 weeks until 2024-02-03, 53 in months until 2024-02-03; last week: month 12, quarter 4
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
