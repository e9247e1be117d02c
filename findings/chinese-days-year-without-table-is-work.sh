#!/usr/bin/env bash
# chinese-days 1.5.7: in a year whose table is not there yet every Monday to Friday is a work day, National Day too, and nothing says so.
#
# One would guess: days that the law fixes by date (1 January, 1 to 3 October) are days off in every year, and only what the State Council arranges
# each autumn (bridges, worked Saturdays, the lunar feasts) is missing; or a year that is not covered is told apart.
# What is so: the answers come from a table of arrangements, 2004 to 2026 in this version. In 2027 no day is a holiday: 1 October, a Friday, is a
# work day, the week of National Day has five of them, and the next one after 30 September is 1 October. 2027 cannot be told from a year with a table
# but by asking for all its holidays and finding none.
# Why it matters here: a plan made in autumn runs into next year; it would put the call on a chairman on National Day or into the Spring Festival.
# Source: Regulation on Public Holidays for National Annual Festivals and Memorial Days (State Council, as of 2025), article 2; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error chinese-days@1.5.7 > /dev/null

cat > try.cjs <<'JS'
const days = require('chinese-days')
for (const year of [2026, 2027]) {
  const off = days.getHolidaysInRange(`${year}-01-01`, `${year}-12-31`, false).length
  const week = days.getWorkdaysInRange(`${year}-10-01`, `${year}-10-07`).length
  console.log(`${year}: ${off} days of holidays; 1 October is a ${days.isWorkday(`${year}-10-01`) ? 'work day' : 'day off'}; work days from 1 to 7 October: ${week}; first after 30 September: ${days.findWorkday(1, `${year}-09-30`)}`)
}
JS
cat > seen.txt <<'SEEN'
2026: 33 days of holidays; 1 October is a day off; work days from 1 to 7 October: 0; first after 30 September: 2026-10-08
2027: 0 days of holidays; 1 October is a work day; work days from 1 to 7 October: 5; first after 30 September: 2027-10-01
SEEN
node try.cjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
