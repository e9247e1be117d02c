#!/usr/bin/env bash
# vcf 2.1.2, vcard4-ts 0.4.1, vcard-parser 1.0.0: a contact as many telephones export it has no readable name.
#
# One would guess: a library that says it reads vCards of version 2.1 decodes the quoted-printable values that this version has.
# What is so: none of the three decodes them; name and company stay =E7=8E=8B…. And none joins a value that goes on after a soft
# line break (a line that ends in "="): the second half of the company is lost without an error.
# Why it matters here: Android and older Chinese telephones and business-card scanners export vCard 2.1 with
# ENCODING=QUOTED-PRINTABLE; imported as they come, people have names nobody can read. Decode and join before parsing.
# Source: vCard 2.1 specification (versit, 1996), section 2.1.3; RFC 2045 section 6.7; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error vcf@2.1.2 vcard4-ts@0.4.1 vcard-parser@1.0.0 > /dev/null

cat > try.mjs <<'JS'
import { createRequire } from 'node:module'
import { parseVCards } from 'vcard4-ts'
const load = createRequire(import.meta.url)
const Vcf = load('vcf')
const vcardParser = load('vcard-parser')
const soft = '='
const card = [
  'BEGIN:VCARD',
  'VERSION:2.1',
  'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=BB=BA=E5=9B=BD;;;',
  'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=E5=BB=BA=E5=9B=BD',
  `ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=B1=9F=E5=9F=8E${soft}`,
  '=E9=93=B6=E8=A1=8C',
  'END:VCARD',
  '',
].join('\r\n')
const parsed = new Vcf().parse(card)
console.log('vcf         ', parsed.get('fn').valueOf(), parsed.get('org').valueOf())
const [first] = parseVCards(card).vCards
console.log('vcard4-ts   ', first.FN[0].value, first.ORG[0].value.join())
const flat = vcardParser.parse(card)
console.log('vcard-parser', flat.fn[0].value, [flat.org[0].value].flat().join())
JS
cat > seen.txt <<'SEEN'
vcf          =E7=8E=8B=E5=BB=BA=E5=9B=BD =E6=B1=9F=E5=9F=8E=
vcard4-ts    =E7=8E=8B=E5=BB=BA=E5=9B=BD =E6=B1=9F=E5=9F=8E=
vcard-parser =E7=8E=8B=E5=BB=BA=E5=9B=BD =E6=B1=9F=E5=9F=8E=
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
