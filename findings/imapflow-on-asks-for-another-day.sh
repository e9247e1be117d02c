#!/usr/bin/env bash
# imapflow 2.10.2: the mail "on 2 March" is asked for as of 1 March in Shanghai, while "before 2 March" with the same Date is right.
#
# One would guess: a Date at the start of a day asks for that day, as the calendar of the machine has it, and for the same day in every condition.
# What is so: the day is taken in UTC, where the start of a day east of Greenwich is still the day before: sentOn asks for another day, in
# silence, and sentSince for a day too much. sentBefore rounds up to the next day and so comes out right. A day as text is right in all three.
# Why it matters here: the mail of a day is fetched to say who wrote last and what was promised when; the mail of the wrong day comes without an
# error. Pass the day as text: '2026-03-02'.
# Source: RFC 9051, section 6.4.4 (these keys disregard time and time zone: a day is named); seen by running it against a small server.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error imapflow@2.10.2 > /dev/null

cat > try.mjs <<'JS'
import net from 'node:net'
import { ImapFlow } from 'imapflow'
const server = net.createServer((socket) => {
  socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n')
  let kept = ''
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    const lines = (kept + bytes).split('\r\n')
    kept = lines.pop()
    for (const line of lines) {
      const [tag, ...words] = line.split(' ')
      const name = words.join(' ')
      if (/SEARCH/.test(name)) console.log(name)
      const answer = /^CAPABILITY/.test(name) ? '* CAPABILITY IMAP4rev1\r\n' : /^(LIST|LSUB)/.test(name) ? '* LIST () "/" INBOX\r\n'
        : /^(SELECT|EXAMINE)/.test(name) ? '* 1 EXISTS\r\n* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 2] ok\r\n' : /SEARCH/.test(name) ? '* SEARCH\r\n'
        : /^LOGOUT/.test(name) ? '* BYE\r\n' : ''
      socket.write(`${answer}${tag} OK done\r\n`)
    }
  })
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const client = new ImapFlow({ host: '127.0.0.1', port: server.address().port, secure: false, doSTARTTLS: false, auth: { user: 'u', pass: 'p' }, logger: false })
await client.connect()
await client.mailboxOpen('INBOX')
await client.search({ sentBefore: new Date(2026, 2, 2) })
await client.search({ sentOn: new Date(2026, 2, 2) })
await client.search({ sentSince: new Date(2026, 2, 2) })
for (const key of ['sentBefore', 'sentOn', 'sentSince']) await client.search({ [key]: '2026-03-02' })
await client.logout()
server.close()
JS
cat > seen.txt <<'SEEN'
SEARCH SENTBEFORE 02-Mar-2026
SEARCH SENTON 01-Mar-2026
SEARCH SENTSINCE 01-Mar-2026
SEARCH SENTBEFORE 02-Mar-2026
SEARCH SENTON 02-Mar-2026
SEARCH SENTSINCE 02-Mar-2026
SEEN
TZ=Asia/Shanghai node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
