#!/usr/bin/env bash
# ics 3.12.0 and ts-ics 2.4.6: lines are folded after 75 characters, not after 75 octets; a Chinese line is almost three times too long.
#
# One would guess: libraries that write calendars fold lines as RFC 5545 says, at 75 octets, without cutting through a character.
# What is so: both count UTF-16 units. A summary of Chinese leaves lines of 209 octets. ical-generator 11 counts octets (74).
# Why it matters here: half of our calendar lines are Chinese; a reader with a buffer of the size that the standard names may cut them.
# Source: RFC 5545, section 3.1 ("SHOULD NOT be longer than 75 octets, excluding the line break"); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ics@3.12.0 ts-ics@2.4.6 ical-generator@11.1.2 zod@4 > /dev/null

cat > try.mjs <<'JS'
import * as ics from 'ics'
import { generateIcsCalendar } from 'ts-ics'
import ical from 'ical-generator'
const summary = '拜访董事长：带上参考客户名单与风险应对说明，请项目负责人同日告知；如其婉拒，由副总另约时间，仍以本季度内完成为准，会后二十分钟内记录结果与承诺'
const at = new Date('2026-12-03T02:00:00Z')
const show = (name, text) => console.log(name, 'longest line in octets', Math.max(...text.split('\r\n').map((line) => Buffer.byteLength(line))))
show('ics', ics.createEvent({ uid: 'a', start: [2026, 12, 3, 2, 0], startInputType: 'utc', duration: { hours: 1 }, title: summary }).value)
const event = { uid: 'a', summary, stamp: { date: at }, start: { date: at }, end: { date: at } }
show('ts-ics', generateIcsCalendar({ version: '2.0', prodId: 'a', events: [event] }))
const calendar = ical({ name: 'a' })
calendar.createEvent({ id: 'a', start: at, end: at, summary })
show('ical-generator', calendar.toString())
JS
cat > seen.txt <<'SEEN'
ics longest line in octets 209
ts-ics longest line in octets 209
ical-generator longest line in octets 74
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
