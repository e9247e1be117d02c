#!/usr/bin/env bash
# node-ical 0.27.2, ical.js 2.2.1: of a meeting with further dates (RDATE) one library loses the further ones, the other the first.
#
# One would guess: an event with DTSTART and RDATE happens on the day of DTSTART and on each day of RDATE, with or without a rule besides.
# What is so: node-ical has no RDATE, neither in the event nor in expandRecurringEvent, and says nothing. ical.js gives the days of RDATE, but where
# there is no RRULE it leaves out the day of DTSTART itself.
# Why it matters here: absences and meetings are read from what calendars export; a meeting whose further dates were added one by one is
# half there, and which half depends on the library.
# Source: RFC 5545, sections 3.8.5.2 (RDATE) and 3.8.5.3 (DTSTART counts as the first occurrence of the recurrence set); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ical.js@2.2.1 node-ical@0.27.2 > /dev/null

cat > try.mjs <<'JS'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
const calendar = (...lines) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:a', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'SUMMARY:a', 'DTSTART:20260105T020000Z', 'DURATION:PT1H', ...lines, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
const one = (text) => {
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator()
  const days = []
  for (let day = iterator.next(); day && days.length < 5; day = iterator.next()) days.push(String(day).slice(0, 10))
  return days.join(' ')
}
const two = (text) => {
  const event = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT')
  return nodeIcal.expandRecurringEvent(event, { from: new Date('2026-01-01'), to: new Date('2026-12-31') }).map(({ start }) => start.toISOString().slice(0, 10)).join(' ')
}
const further = calendar('RDATE:20260301T020000Z,20260401T020000Z')
const ruled = calendar('RRULE:FREQ=WEEKLY;COUNT=2', 'RDATE:20260301T020000Z')
console.log('5 January, then 1 March and 1 April')
console.log('  ical.js  ', one(further))
console.log('  node-ical', two(further))
console.log('5 and 12 January by a rule, then 1 March')
console.log('  ical.js  ', one(ruled))
console.log('  node-ical', two(ruled))
JS
cat > seen.txt <<'SEEN'
5 January, then 1 March and 1 April
  ical.js   2026-03-01 2026-04-01
  node-ical 2026-01-05
5 and 12 January by a rule, then 1 March
  ical.js   2026-01-05 2026-01-12 2026-03-01
  node-ical 2026-01-05 2026-01-12
SEEN
TZ=UTC node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
