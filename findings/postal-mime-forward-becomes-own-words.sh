#!/usr/bin/env bash
# postal-mime 4.0.0: the text of a mail that is forwarded as an attachment becomes part of the text of the mail, with its day in UTC.
#
# One would guess: a part of type message/rfc822 is an attachment (as in mailparser), and text holds what the sender wrote.
# What is so: text goes on with the inner mail behind a line of dashes, with "From", "Subject" and a date in American order and in UTC: sent at
# 05:00 on 3 March in China, it says 3/2/2026, 21:00. Nothing in the result tells that these words are somebody else's; attachments is empty.
# Why it matters here: who said it and on which day is all that a note is read for; a forwarded "we have chosen the others" would be taken for
# words of whoever forwarded it. The option forceRfc822Attachments keeps them apart.
# Source: the library's README names the option; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error postal-mime@4.0.0 mailparser@3.14.2 > /dev/null

cat > try.mjs <<'JS'
import PostalMime from 'postal-mime'
import { simpleParser } from 'mailparser'
const mail = [
  'From: a@example.com', 'To: b@example.com', 'Subject: outer', 'Date: Wed, 04 Mar 2026 10:00:00 +0800', 'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'See below.', '--b',
  'Content-Type: message/rfc822', '', 'From: c@example.com', 'Subject: inner', 'Date: Tue, 03 Mar 2026 05:00:00 +0800',
  'Content-Type: text/plain', '', 'We have chosen the others.', '--b--', '',
].join('\r\n')
const one = await PostalMime.parse(mail)
console.log('postal-mime', one.attachments.length, JSON.stringify(one.text))
const kept = await PostalMime.parse(mail, { forceRfc822Attachments: true })
console.log('asked to', kept.attachments.length, JSON.stringify(kept.text))
const two = await simpleParser(mail)
console.log('mailparser', two.attachments.length, JSON.stringify(two.text))
JS
cat > seen.txt <<'SEEN'
postal-mime 0 "See below.\n\n\n---------------------------\nFrom:    c@example.com\nSubject: inner\nDate:    3/3/2026, 05:00:00\n---------------------------\n\nWe have chosen the others.\n"
asked to 1 "See below.\n"
mailparser 1 "See below."
SEEN
TZ=Asia/Shanghai node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
