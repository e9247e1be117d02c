#!/usr/bin/env bash
# currency-codes 2.2.0, country-to-currency 3.0.1, world-countries 5.1.0: newest releases of three tables, two answers for one country.
#
# One would guess: the newest release of a table of ISO 4217 or of countries names the money that a country uses.
# What is so (November 2026): Bulgaria has used the euro since 1 January 2026; country-to-currency says EUR, currency-codes and
# world-countries say BGN. Zimbabwe is ZWG in the first two and ZWB, no code of ISO 4217, in the third. The Caribbean guilder XCG
# (2025) is unknown to currency-codes, whose table is of June 2024.
# Why it matters here: "every sign of a currency by its own country": an amount without a code would be given another currency
# depending on the table, and sums by currency would keep one that has ended. The day of the table must be shown and a user's word win.
# Source: the decision of the Council of the European Union of 8 July 2025 on the euro in Bulgaria; the currency list of ISO 4217 for
# XCG and ZWG; the rest seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error currency-codes@2.2.0 country-to-currency@3.0.1 world-countries@5.1.0 > /dev/null

cat > try.mjs <<'JS'
import { createRequire } from 'node:module'
const load = createRequire(import.meta.url)
const codes = load('currency-codes')
const byCountry = load('country-to-currency').default
const countries = load('world-countries')
const of = (code) => Object.keys(countries.find((country) => country.cca2 === code).currencies)
console.log('Bulgaria', codes.country('bulgaria').map(({ code }) => code).join(), byCountry.BG, of('BG').join())
console.log('Zimbabwe', codes.code('ZWG')?.code, byCountry.ZW, of('ZW').includes('ZWG'), of('ZW').includes('ZWB'))
console.log('Caribbean guilder', codes.code('XCG')?.code ?? 'unknown', 'table of', codes.publishDate)
JS
cat > seen.txt <<'SEEN'
Bulgaria BGN EUR BGN
Zimbabwe ZWG ZWG false true
Caribbean guilder unknown table of 2024-06-25
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
