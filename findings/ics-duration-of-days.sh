#!/usr/bin/env bash
# ics 3.12.0: a duration in days is written in a form that RFC 5545 does not have.
#
# One would guess: duration: { days: 2 } becomes DURATION:P2D.
# What is so: it becomes DURATION:P2DT, with a T that no time follows; the grammar (3.3.6) asks for hours, minutes or seconds behind
# it. The library reports no error. A lenient reader (ical.js) takes it for two days, so that a round trip through one reader hides it.
# Why it matters here: a plan's steps that take days go into calendars of many makes; whether a strict one takes the event is up to
# it. Write DTEND instead of a duration for all-day events.
# Source: RFC 5545, section 3.3.6 (dur-time = "T" followed by hour, minute or second); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error ics@3.12.0 ical.js@2 > /dev/null

cat > try.mjs <<'JS'
import * as ics from 'ics'
import ICAL from 'ical.js'
const { error, value } = ics.createEvent({ uid: 'a', start: [2025, 3, 5], duration: { days: 2 }, title: 'Visit' })
console.log('error', error, '|', value.split('\r\n').find((line) => line.startsWith('DURATION')))
const grammar = /^DURATION:[+-]?P(\d+W|\d+D(T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S))?|T(\d+H(\d+M(\d+S)?)?|\d+M(\d+S)?|\d+S))$/
console.log('by the grammar', value.split('\r\n').some((line) => grammar.test(line)))
const event = new ICAL.Event(new ICAL.Component(ICAL.parse(value)).getFirstSubcomponent('vevent'))
console.log('ical.js', String(event.startDate), String(event.endDate))
JS
cat > seen.txt <<'SEEN'
error null | DURATION:P2DT
by the grammar false
ical.js 2025-03-05 2025-03-07
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
