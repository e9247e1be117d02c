#!/usr/bin/env bash
# @microsoft/microsoft-graph-client 3.0.7: a filter is cut off at the first & or # of the name that is looked for.
#
# One would guess: .filter("companyName eq 'P&G'") encodes the value, as the address of a request needs it.
# What is so: only blanks and quotation marks are encoded on the way (by fetch). With P&G the filter ends behind the P and a second parameter
# begins; with C# Institute everything behind the # is lost, and .top(5) with it; a + stands bare, which a server reads as a blank.
# Why it matters here: customers are called R&D, P&G or H&M, and contacts and meetings are looked for by the company's name. A real server then
# answers with an error about a quotation mark nobody typed, or with other rows. Encode the value with encodeURIComponent before .filter().
# Source: RFC 3986, section 3.4 (the query ends at #) and 2.2 (& is reserved); seen by running it against a server on this machine.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error @microsoft/microsoft-graph-client@3.0.7 > /dev/null

cat > try.mjs <<'JS'
import http from 'node:http'
import graph from '@microsoft/microsoft-graph-client'
const server = http.createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://x')
  console.log(JSON.stringify(Object.fromEntries(searchParams)))
  response.setHeader('content-type', 'application/json')
  response.end('{"value":[]}')
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const client = graph.Client.init({
  authProvider: (done) => done(null, 'none'),
  baseUrl: `http://127.0.0.1:${server.address().port}/`,
  customHosts: new Set(['127.0.0.1']),
})
for (const name of ['Haibo Cement', 'P&G', 'C# Institute', '3+2 Works']) {
  await client.api('/me/contacts').filter(`companyName eq '${name}'`).top(5).get()
}
server.close()
JS
cat > seen.txt <<'SEEN'
{"$filter":"companyName eq 'Haibo Cement'","$top":"5"}
{"$filter":"companyName eq 'P","G'":"","$top":"5"}
{"$filter":"companyName eq 'C"}
{"$filter":"companyName eq '3 2 Works'","$top":"5"}
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
