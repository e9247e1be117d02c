#!/usr/bin/env bash
# mammoth 1.13.0: raw text loses line breaks inside a paragraph, so words of two lines become one.
#
# One would guess: extractRawText gives the text as it stands in the document, a line break (Shift+Enter, <w:br/>) as a line break.
# What is so: a tab stays a tab and a paragraph ends with two line feeds, but a line break inside a paragraph becomes nothing: speaker,
# time and sentence are glued together. convertToHtml of the same library on the same file keeps it as <br />.
# Why it matters here: minutes and meeting transcripts saved as DOCX put "speaker, time, text" into one paragraph with line breaks;
# read by extractRawText, "Ruth Alvarez0:03We decide" has neither a speaker nor a time. Read the HTML and split at <br />.
# Source: seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error mammoth@1.13.0 docx@9.15.2 > /dev/null

cat > try.mjs <<'JS'
import { Document, Packer, Paragraph, TextRun } from 'docx'
import mammoth from 'mammoth'
const lines = [new TextRun('Ruth Alvarez'), new TextRun({ text: '0:03', break: 1 }), new TextRun({ text: 'We decide in May', break: 1 })]
const buffer = await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children: lines })] }] }))
console.log(JSON.stringify((await mammoth.extractRawText({ buffer })).value))
console.log((await mammoth.convertToHtml({ buffer })).value)
JS
cat > seen.txt <<'SEEN'
"Ruth Alvarez0:03We decide in May\n\n"
<p>Ruth Alvarez<br />0:03<br />We decide in May</p>
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
