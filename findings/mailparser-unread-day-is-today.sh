#!/usr/bin/env bash
# mailparser 3.14.2: a Date header that it cannot read becomes the present moment.
#
# One would guess: date is undefined where the header cannot be read, as it is where there is none.
# What is so: date is the moment of parsing. Zones of one letter, which RFC 5322 still asks readers to take (obs-zone), are among what is not
# read; so the result looks like any other day. The words of the header are in headerLines.
# Why it matters here: old archives hold such mails; everything said in them would have been said today.
# Source: RFC 5322, section 4.3 (obs-zone: single letters; to be taken as -0000); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error mailparser@3.14.2 > /dev/null

cat > try.mjs <<'JS'
import { simpleParser } from 'mailparser'
const read = async (header) => {
  const before = Date.now() - 1000
  const { date } = await simpleParser(`From: a@example.com\r\n${header}\r\nx\r\n`)
  return date === undefined ? 'undefined' : date.getTime() >= before ? 'the present moment' : date.toISOString()
}
console.log('with +0000', await read('Date: Tue, 03 Mar 2020 10:00:00 +0000\r\n'))
console.log('with the letter A', await read('Date: Tue, 03 Mar 2020 10:00:00 A\r\n'))
console.log('without the header', await read(''))
JS
cat > seen.txt <<'SEEN'
with +0000 2020-03-03T10:00:00.000Z
with the letter A the present moment
without the header undefined
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
