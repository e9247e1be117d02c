#!/usr/bin/env bash
# @hubspot/api-client 14.0.1: "retries" tries once less often than it says, and of the limits only the one of ten seconds is tried again.
#
# One would guess: numberOfApiCallRetries: 2 means up to three requests, for every answer 429 "too many requests", at the time that
# Retry-After names.
# What is so: two requests in all for 503. A 429 is tried again only where its policyName is TEN_SECONDLY_ROLLING (after ten seconds, whatever
# Retry-After says); with SECONDLY, which the search of CRM objects is limited by, or with no policy named, the first answer is final.
# Why it matters here: an incremental sync asks the search by modification time, page after page: exactly what is limited by the second. The
# option looks as if it covered it; whoever syncs needs a loop of their own.
# Source: HubSpot, "API usage guidelines and limits" (policyName names the limit that was met; search has one by the second); seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error @hubspot/api-client@14.0.1 > /dev/null

cat > try.mjs <<'JS'
import http from 'node:http'
import { Client } from '@hubspot/api-client'
console.error = () => {}
for (const [status, policyName] of [[503], [429, 'SECONDLY'], [429], [429, 'TEN_SECONDLY_ROLLING']]) {
  let requests = 0
  const server = http.createServer((_, response) => {
    requests += 1
    response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '1' })
    response.end(JSON.stringify({ status: 'error', message: 'later', policyName }))
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  const client = new Client({ accessToken: 'none', basePath: `http://127.0.0.1:${server.address().port}`, numberOfApiCallRetries: 2 })
  const code = await client.crm.deals.basicApi.getPage(1).then(() => 'answered', (error) => error.code)
  console.log(status, policyName ?? 'no policy', '| ends with', code, '| requests', requests)
  server.close()
}
process.exit()
JS
cat > seen.txt <<'SEEN'
503 no policy | ends with 503 | requests 2
429 SECONDLY | ends with 429 | requests 1
429 no policy | ends with 429 | requests 1
429 TEN_SECONDLY_ROLLING | ends with 429 | requests 2
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
