#!/usr/bin/env bash
# email-reply-parser 2.3.9: a sentence of the writer's own that begins with "On" and ends a line with "wrote:" hides all that follows it.
#
# One would guess: the heading of a quote is told by its date or address, and what stands behind it by its quotation marks.
# What is so: "On the question of price we wrote:" is taken for one, and the rest of the mail is gone from the visible text, unquoted as it is. On
# the other hand the heading that Gmail writes in Chinese (simplified and traditional) stays as words of the writer.
# Why it matters here: what a mail says after such a line is often the answer itself; and a heading that stays gives a name and a day to words
# that are not theirs. The README lists Chinese among its languages.
# Source: the library's README; seen by running it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes > /dev/null
npm install --no-audit --no-fund --loglevel=error email-reply-parser@2.3.9 > /dev/null

cat > try.mjs <<'JS'
import parser from 'email-reply-parser'
const EmailReplyParser = parser.default ?? parser
const visible = (...lines) => console.log(JSON.stringify(new EmailReplyParser().read(lines.join('\n')).getVisibleText()))
visible('Thank you for asking.', '', 'On the question of price we wrote:', 'no discount, but two years of service.', 'This still stands.')
visible('Agreed.', '', 'On Mon, Mar 2, 2026 at 10:00 AM Li Ming <li@example.com> wrote:', '> Can you come?')
visible('好的。', '', '李明 <li@example.com> 于2026年3月2日周一 10:00写道：', '', '> 能来吗？')
visible('好的。', '', '李明 <li@example.com> 於 2026年3月2日 週一 上午10:00寫道：', '', '> 能來嗎？')
JS
cat > seen.txt <<'SEEN'
"Thank you for asking.\n"
"Agreed.\n"
"好的。\n\n李明 <li@example.com> 于2026年3月2日周一 10:00写道："
"好的。\n\n李明 <li@example.com> 於 2026年3月2日 週一 上午10:00寫道："
SEEN
node try.mjs > now.txt
if diff seen.txt now.txt; then
  cat now.txt
  echo 'as described'
else
  echo 'this has changed' >&2
  exit 1
fi
