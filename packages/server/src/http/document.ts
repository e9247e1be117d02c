import type { Lang } from '@sente/engine'

/** Text in a page: whatever it is, it stays text. */
export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')

export interface Document {
  language: Lang
  /** Of the headers it goes with: no other style counts. */
  nonce: string
  title: string
  /** What search engines may do with it. */
  robots: string
  /** More of the head, each on a line of its own after a line break. */
  metas?: string
  style: string
}

/** A page that needs no application and has no script. `body` is markup, `title` is text. */
export const documentHtml = (
  { language, nonce, title, robots, metas = '', style }: Document,
  body: string,
): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="${robots}">${metas}
<title>${escaped(title)}</title>
<style nonce="${nonce}">${style}</style>
</head>
<body>
${body}
</body>
</html>
`
