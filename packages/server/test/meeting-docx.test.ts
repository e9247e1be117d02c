import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import { convertToHtml, extractRawText } from 'mammoth'
import { expect, test } from 'vitest'
import { brief, meetingPage, plainDate, sheetOf } from '@sente/engine'
import type { Lang, Sheet } from '@sente/engine'
import { meetingDocx } from '../src/exchange/export/meeting-docx.ts'
import { readDeal } from '../src/exchange/files/deal-file.ts'
import { METHOD } from './support/workspace.ts'

const EXAMPLE = fileURLToPath(new URL('../../../examples/4-late-but-risk-first.yaml', import.meta.url))
const read = readDeal(await readFile(EXAMPLE, 'utf8'), METHOD)
if ('faults' in read) throw new Error(JSON.stringify(read.faults))
const { deal } = read

const sheet = (lang: Lang): Sheet =>
  sheetOf(
    meetingPage(deal, brief(deal, METHOD, plainDate('2025-08-20')), METHOD, {
      with: ['brandt', 'osei'],
      play: 'trust_reconfirm',
    })!,
    METHOD,
    lang,
  )

test.each(['en', 'zh'] as const)(
  'in %s another program reads from the Word document every line of the page, and its headings as headings',
  async (lang) => {
    const page = sheet(lang)
    const buffer = await meetingDocx(page)
    const { value: text } = await extractRawText({ buffer })
    const expected = [
      page.title,
      page.under.join(' · '),
      ...page.sections.flatMap(({ name, lines }) => [
        name,
        ...lines.map(({ label, text: says }) => (label === undefined ? says : `${label}  ${says}`)),
      ]),
    ]
    expect(text.split('\n\n').filter((line) => line !== '')).toEqual(expected)
    const { value: html } = await convertToHtml({ buffer }, { styleMap: ["p[style-name='Title'] => h1.title:fresh"] })
    expect([...html.matchAll(/<h1>(.*?)<\/h1>/g)].map(([, name]) => name)).toEqual(
      page.sections.map(({ name }) => name.replaceAll('&', '&amp;')),
    )
  },
)

test('whatever signs a name holds, the Word document is XML, and shows them where XML may hold them', async () => {
  const hostile = '\u0001\u000b\ufffe\uffff\ud800]]><w:t>&amp;"\u{1f600}'
  const page = sheet('en')
  const files = unzipSync(
    await meetingDocx({
      ...page,
      title: hostile,
      under: [hostile],
      stop: hostile,
      sections: page.sections.map((section) => ({
        ...section,
        name: hostile,
        lines: section.lines.map((line) => ({ ...line, label: hostile, text: hostile })),
      })),
    }),
  )
  for (const [name, bytes] of Object.entries(files)) {
    const text = Buffer.from(bytes).toString()
    // eslint-disable-next-line no-control-regex -- what XML may not hold
    expect([name, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)]).toEqual([name, false])
    if (name === 'word/document.xml') expect(text).toContain(']]&gt;&lt;w:t&gt;&amp;amp;&quot;\u{1f600}')
  }
})

test('the Word document names a Chinese font and the language of its text', async () => {
  const files = unzipSync(await meetingDocx(sheet('zh')))
  const styles = Buffer.from(files['word/styles.xml']!).toString()
  expect(styles).toContain('w:eastAsia="Microsoft YaHei"')
  expect(styles).toMatch(/<w:lang [^>]*w:eastAsia="zh-CN"/)
})

test('what the law forbids is said at the head of the Word document', async () => {
  const { value } = await extractRawText({
    buffer: await meetingDocx({ ...sheet('en'), stop: 'Must not be: silence' }),
  })
  expect(value.split('\n\n')[2]).toBe('Must not be: silence')
})

test('sente meeting writes the same page as a Word document', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sente-meeting-'))
  try {
    const file = join(folder, 'page.docx')
    const cli = fileURLToPath(new URL('../bin/sente.mjs', import.meta.url))
    const args = ['--with', 'brandt,osei', '--play', 'trust_reconfirm', '--as-of', '2025-08-20', '--lang', 'zh']
    await promisify(execFile)(process.execPath, [cli, 'meeting', EXAMPLE, ...args, '--docx', file])
    const { value } = await extractRawText({ buffer: await readFile(file) })
    expect(value.split('\n\n')[0]).toBe(sheet('zh').title)
    expect(value).toContain('Helena Brandt')
  } finally {
    await rm(folder, { recursive: true })
  }
})
