#!/usr/bin/env bash
# ical-generator 11.1.2: a whole-day event from a Date at midnight of this machine's day falls on the day before, east of Greenwich.
#
# One would guess: allDay with new Date(2026, 11, 3) writes 3 December, since a whole day has no time and no zone.
# What is so: the day is read off in UTC unless the calendar has a time zone. In Shanghai it writes 2 December; with timezone: 'Asia/Shanghai'
# on the calendar the 3rd; from new Date('2026-12-03'), which is midnight UTC, the 3rd as well, but then in New York.
# Why it matters here: days of a plan are whole days; a visit would stand in the seller's calendar a day early, and only for Asia.
# Source: seen by running it with TZ set for the one process.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ical-generator@11.1.2 > /dev/null

cat > try.mjs <<'JS'
import ical from 'ical-generator'
const day = (options, date) => {
  const calendar = ical({ name: 'a', ...options })
  calendar.createEvent({ id: 'a', start: date, allDay: true, summary: 'a' })
  return calendar.toString().split('\r\n').find((line) => line.startsWith('DTSTART'))
}
const midnight = new Date(2026, 11, 3)
console.log('this midnight', day({}, midnight))
console.log('with a zone', day({ timezone: 'Asia/Shanghai' }, midnight))
console.log('midnight of UTC', day({}, new Date('2026-12-03')))
JS
cat > seen.txt <<'SEEN'
this midnight DTSTART;VALUE=DATE:20261202
with a zone DTSTART;VALUE=DATE:20261203
midnight of UTC DTSTART;VALUE=DATE:20261203
SEEN
TZ=Asia/Shanghai node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
