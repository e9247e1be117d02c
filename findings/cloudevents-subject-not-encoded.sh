#!/usr/bin/env bash
# cloudevents 10.0.0: a subject in Chinese goes into the headers as it is, which no HTTP client of Node can send.
#
# One would guess: HTTP.binary(event) gives headers that can be sent, since the binding says how: UTF-8, percent-encoded.
# What is so: ce-subject holds the Chinese characters themselves. node:http and fetch refuse such a header, so an event about one customer goes
# out and one about another does not; and toEvent() of a message encoded as the binding says gives the %-signs back, not the name.
# Why it matters here: the subject of an event is the deal or the account, and half of them have Chinese names. Send in structured mode (all of
# the event in the body), or keep names out of attributes.
# Source: CloudEvents, HTTP protocol binding 1.0.2, section 3.1.3.2 (header values); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error cloudevents@10.0.0 > /dev/null

cat > try.mjs <<'JS'
import { CloudEvent, HTTP } from 'cloudevents'
const event = new CloudEvent({ type: 'deal.changed', source: '/deals', subject: '海博水泥', data: { phase: 'risk' } })
const { headers, body } = HTTP.binary(event)
console.log(`header: ${headers['ce-subject']}`)
try {
  new Headers(headers)
  console.log('fetch takes it')
} catch (error) {
  console.log(`fetch: ${error.name}`)
}
const encoded = { headers: { ...headers, 'ce-subject': encodeURIComponent(event.subject) }, body }
console.log(`encoded as the binding says, read back: ${HTTP.toEvent(encoded).subject}`)
console.log(`structured, read back: ${HTTP.toEvent(HTTP.structured(event)).subject}`)
JS
cat > seen.txt <<'SEEN'
header: 海博水泥
fetch: TypeError
encoded as the binding says, read back: %E6%B5%B7%E5%8D%9A%E6%B0%B4%E6%B3%A5
structured, read back: 海博水泥
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
