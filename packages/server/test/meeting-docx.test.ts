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
