#!/usr/bin/env bash
# ical.js 2.2.1, node-ical 0.27.2: a yearly rule of the Chinese calendar is read as one of the Gregorian calendar, without a word.
#
# One would guess: RRULE with RSCALE=CHINESE (RFC 7529), which iCloud and others write for lunar anniversaries, is followed or refused.
# What is so: both give 17 February again in 2027, where the first day of the Chinese year is 6 February. With RSCALE=GREGORIAN and SKIP=BACKWARD
# (the last day of a shorter month) ical.js leaves the shorter months out, and node-ical refuses the event for lacking the RSCALE that it has.
# Why it matters here: visits at the festivals and anniversaries of a customer's people repeat by the lunar calendar; a plan that reads them
# places them up to a month off.
# Source: RFC 7529, sections 4 and 5 (its first example is the Chinese New Year); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ical.js@2.2.1 node-ical@0.27.2 > /dev/null

cat > try.mjs <<'JS'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
const calendar = (start, rule) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:a', 'BEGIN:VEVENT', 'UID:1', 'DTSTAMP:20260101T000000Z', 'SUMMARY:a', `DTSTART;VALUE=DATE:${start}`, `RRULE:${rule}`, 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
const first = (text) => {
  const iterator = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent')).iterator()
  return [1, 2, 3].map(() => String(iterator.next())).join(' ')
}
const other = (text) => {
  try {
    const event = Object.values(nodeIcal.sync.parseICS(text)).find(({ type }) => type === 'VEVENT')
    return event.rrule.between(new Date('2026-01-01'), new Date('2028-12-31')).slice(0, 3).map((day) => day.toISOString().slice(0, 10)).join(' ')
  } catch (error) {
    return error.message
  }
}
const lunar = calendar('20260217', 'RSCALE=CHINESE;FREQ=YEARLY;COUNT=3')
const lastDay = calendar('20260131', 'RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=3')
console.log('first day of the Chinese year in 2027', new Intl.DateTimeFormat('en-u-ca-chinese', { month: 'numeric', day: 'numeric', timeZone: 'UTC' }).format(new Date('2027-02-06')))
console.log('ical.js, lunar:', first(lunar))
console.log('node-ical, lunar:', other(lunar))
console.log('ical.js, end of month:', first(lastDay))
console.log('node-ical, end of month:', other(lastDay))
JS
cat > seen.txt <<'SEEN'
first day of the Chinese year in 2027 12/30
ical.js, lunar: 2026-02-17 2027-02-17 2028-02-17
node-ical, lunar: 2026-02-17 2027-02-17 2028-02-17
ical.js, end of month: 2026-01-31 2026-03-31 2026-05-31
node-ical, end of month: SKIP MUST NOT be present unless RSCALE is present
SEEN
TZ=UTC node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
