#!/usr/bin/env bash
# cloudevents 10.0.0: data that is a string goes out as application/json without quotation marks, and a number as a number.
#
# One would guess: the body of an event in binary mode is the data as JSON text, since its content type says application/json: "0012" with the
# marks; what arrives is what was sent, by any program that reads JSON.
# What is so: the body is 0012, bare, which is no JSON; the text 2026 becomes a number for every reader, and a text in words is refused by them.
# Only this library reads its own form back.
# Why it matters here: a webhook tells a document's number, a stage or a name of the CRM; the receiver is another program. Always send an object.
# Source: RFC 8259, sections 2 and 7 (a JSON text that is a string begins with a quotation mark); CloudEvents, HTTP binding 3.1; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error cloudevents@10.0.0 > /dev/null

cat > try.mjs <<'JS'
import { CloudEvent, HTTP } from 'cloudevents'
for (const data of ['0012', '2026', 'Risk review', { number: '0012' }]) {
  const { headers, body } = HTTP.binary(new CloudEvent({ type: 'deal.changed', source: '/deals', data }))
  let read
  try {
    read = JSON.stringify(JSON.parse(body))
  } catch (error) {
    read = error.name
  }
  console.log(`${headers['content-type']}: ${body} is read as ${read}`)
}
JS
cat > seen.txt <<'SEEN'
application/json; charset=utf-8: 0012 is read as SyntaxError
application/json; charset=utf-8: 2026 is read as 2026
application/json; charset=utf-8: Risk review is read as SyntaxError
application/json; charset=utf-8: {"number":"0012"} is read as {"number":"0012"}
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
