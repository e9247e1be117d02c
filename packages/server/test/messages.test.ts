import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadMethodology, plainDate } from '@sente/engine'
import { files } from '@sente/methodology'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readTable } from '../src/exchange/files/crm.ts'
import { FileProblem } from '../src/exchange/files/deal-file.ts'
import { readNotes } from '../src/notes/files.ts'
import type { NoteOptions } from '../src/notes/files.ts'
import { saidBy } from '../src/notes/messages/speaker.ts'
import { ROOT } from './run.ts'

const loaded = loadMethodology(files)
if (!('methodology' in loaded)) throw new Error('the method has faults')
const methodology = loaded.methodology
const folder = join(ROOT, 'packages/server/test/intake')
let scratch: string
beforeAll(async () => void (scratch = await mkdtemp(join(tmpdir(), 'sente-messages-'))))
afterAll(() => rm(scratch, { recursive: true, force: true }))

type Told = [on: string, author: string | undefined, text: string]
const notes = async (name: string, options: Partial<NoteOptions> = {}): Promise<Told[]> => {
  const read = await readNotes(name.includes('/') ? name : join(folder, name), {
    methodology,
    zone: 'Asia/Shanghai',
    ...options,
  })
  return read.notes.map(({ on, author, text }) => [on, author, text])
}
const written = async (
  text: string | Uint8Array,
  options: Partial<NoteOptions> = {},
  name = 'x.txt',
): Promise<Told[]> => {
  const path = join(scratch, name)
  await writeFile(path, text)
  return notes(path, options)
}

describe('a mail', () => {
  test('is dated by its moment at ours, whatever way it is encoded', async () => {
    expect(await notes('late-mail.eml')).toEqual([['2025-03-06', '张志强', '王总：\n招标文件正式发布了，请查收。']])
    expect((await notes('late-mail.eml', { zone: 'Europe/London' }))[0]![0]).toBe('2025-03-05')
    const [[on, author, text]] = (await notes('gb2312-base64.eml')) as [Told]
    expect([on, author]).toEqual(['2026-11-12', '赵启明'])
    expect(text).toContain('财务总监要求提供近三年的审计报告。')
  })
  test('says what its author wrote; what they quote of us and the card below their name are left out', async () => {
    const read = await readNotes(join(folder, 'quoted-printable-multipart.eml'), { methodology, zone: 'UTC' })
    expect(read.notes).toHaveLength(1)
    expect(read.notes[0]).toMatchObject({ on: '2026-11-18', author: 'Kofi Osei' })
    expect(read.notes[0]!.text).toContain('We would need people in the country.')
    expect(read.notes[0]!.text).not.toMatch(/budget is approved|Head of Grid|multi-part/)
    expect(read.said[0]!.en).toContain('1 mail of our own side')
  })
  test('in a chain of replies keeps its own day and author; who is said to be ours is, and the other is not', async () => {
    expect(await notes('outlook-reply-chain.txt')).toEqual([
      ['2026-11-18', 'Kofi Osei', 'The CFO wants audited accounts for the last three years.'],
    ])
    expect(await notes('outlook-reply-chain.txt', { theirs: ['Dana Reyes'], ours: ['Kofi Osei'] })).toEqual([
      ['2026-11-17', 'Dana Reyes', 'We are sure the budget is approved.'],
    ])
  })
  test('has no day where its head has none that can be read, instead of the day on which it is read', async () => {
    const mail = (date: string): string =>
      `From: Ruth <ruth@x.example>\nTo: us@y.example\n${date}\n\nThe board has decided.\n`
    expect((await written(mail('Date: Tue, 03 Mar 2020 10:00:00 A'), {}, 'a.eml'))[0]![0]).toBe('2020-03-03')
    for (const date of ['Date: the third of March', 'X-Other: 1'])
      expect(await written(mail(date), { on: plainDate('2020-03-05') }, 'b.eml')).toEqual([
        ['2020-03-05', 'Ruth', 'The board has decided.'],
      ])
  })
  test('keeps what follows a sentence of its own such as "on the price we wrote:"', async () => {
    const text =
      'From: Ruth <ruth@x.example>\nTo: us@y.example\nDate: Tue, 03 Mar 2020 10:00:00 +0000\n\nThank you.\n\nOn the question of price we wrote:\nno discount.\nOn 2 March 2020 we wrote:\ntwo years of service.\n'
    expect((await written(text, {}, 'c.eml'))[0]![2]).toContain('two years of service.')
  })
  test('has its author above or below its day', async () => {
    expect((await notes('mails-date-first.txt')).map(([, author]) => author)).toEqual(['Ruth Alvarez', 'Tom Brandt'])
  })
  test('loses what programs and companies add to it', async () => {
    expect(await notes('mails-with-footers.txt')).toEqual([
      ['2025-03-05', 'Ruth Alvarez', 'Thanks, see you on Thursday.'],
      ['2025-03-06', '张志强', '收到，谢谢。'],
    ])
  })
  test('of a mailbox stands beside the others; a quoted line "From " parts nothing', async () => {
    const mail = (name: string, day: number, text: string): string =>
      `From ${name}@x.example Wed Mar ${day} 10:00:00 2025\nFrom: ${name} <${name}@x.example>\nTo: us@y.example\nDate: Wed, ${day} Mar 2025 10:00:00 +0800\nMIME-Version: 1.0\nContent-Type: text/plain\n\n${text}\n\n`
    const box = mail('ruth', 5, '>From Monday on we test.') + mail('tom', 6, 'The board has decided.')
    expect(await written(box, {}, 'box.mbox')).toEqual([
      ['2025-03-05', 'ruth', 'From Monday on we test.'],
      ['2025-03-06', 'tom', 'The board has decided.'],
    ])
  })
  test('in Chinese knows the heads and the marks of what is quoted', async () => {
    const text =
      '发件人: 赵启明 <zhao@qinghe.example>\n发送时间: 2026年11月12日 9:12\n收件人: 宋佳 <song@lanhe.example>\n主题: 回复: 方案\n\n董事长同意了。\n\n------------------ 原始邮件 ------------------\n发件人: 宋佳 <song@lanhe.example>\n发送时间: 2026年11月11日 16:03\n收件人: 赵启明\n主题: 方案\n\n预算应该批了吧。\n'
    expect(await written(text)).toEqual([['2026-11-12', '赵启明', '董事长同意了。']])
  })
})

describe('a chat', () => {
  test.each([
    [
      'wechat-pywxdump.txt',
      [
        ['2026-11-12', '赵启明'],
        ['2026-11-12', '宋佳'],
        ['2026-11-13', '赵启明'],
      ],
    ],
    [
      'wechat-windows-copy.txt',
      [
        ['2026-11-12', '赵启明'],
        ['2026-11-12', '宋佳'],
      ],
    ],
    [
      'whatsapp-ios.txt',
      [
        ['2026-11-12', 'Kofi Osei'],
        ['2026-11-12', 'Dana Reyes'],
      ],
    ],
    [
      'tencent-meeting.txt',
      [
        ['2026-11-12', '赵启明'],
        ['2026-11-12', '宋佳'],
      ],
    ],
    ['slack-export.json', [['2026-11-13', 'U01']]],
  ])('in %s is one note a day and speaker', async (file, wanted) => {
    const found = await notes(file)
    expect(found.map(([on, author]) => [on, author])).toEqual(wanted)
    expect(found.map(([, , text]) => text).join('\n')).not.toMatch(/\[引用\]|\[文件\]|22:56|00:00:12/)
  })
  test('takes the order of its days from the line that shows it', async () => {
    expect((await written('11/25/25, 9:14 - Kofi: a\n11/12/25, 9:15 - Dana: b\n')).map(([on]) => on)).toEqual([
      '2025-11-25',
      '2025-11-12',
    ])
  })
  test('of QQ names the speaker after the day', async () => {
    expect(
      await written(
        '2026-11-12 22:56:10 赵启明(12345678)\n董事长同意了\n\n2026-11-12 22:58:40 宋佳<song@x.example>\n好的\n',
      ),
    ).toEqual([
      ['2026-11-12', '赵启明', '董事长同意了'],
      ['2026-11-12', '宋佳', '好的'],
    ])
  })
})

describe('a transcript', () => {
  test('has no times and tags; it wants a day, from its name or said', async () => {
    expect(await notes('teams.vtt', { on: plainDate('2026-11-12') })).toEqual([
      ['2026-11-12', 'Kofi Osei', 'The CFO wants audited accounts for the last three years.'],
      ['2026-11-12', 'Dana Reyes', 'We can have people in the country by March.'],
      ['2026-11-12', 'Ada Moss', 'Who comes on a Sunday night if it fails?'],
    ])
    await expect(notes('teams.vtt')).rejects.toThrow(/--on/)
    const bytes = await readFile(join(folder, 'teams.vtt'))
    expect((await written(bytes, {}, 'GMT20261112-140000_Recording.vtt'))[0]![0]).toBe('2026-11-12')
  })
  test('of Zoom names the speaker in the words', async () => {
    const vtt =
      'WEBVTT\n\nSTYLE\n::cue { color: red }\n\n1\n00:00:01.000 --> 00:00:02.000\nAda Moss: Who comes\n\n2\n00:00:02.000 --> 00:00:03.000\nAda Moss: on Sunday?\n'
    expect(await written(vtt, { on: plainDate('2026-11-12') }, 'z.vtt')).toEqual([
      ['2026-11-12', 'Ada Moss', 'Who comes on Sunday?'],
    ])
  })
})

test('in a chat, minutes and a transcript who is said to be ours is left out and counted, and no map name is taken for ours', async () => {
  const ours = ['Dana Reyes']
  const chat = await readNotes(join(folder, 'whatsapp-ios.txt'), { methodology, ours })
  expect(chat.notes.map(({ author }) => author)).toEqual(['Kofi Osei'])
  expect(chat.said.map(({ en }) => en).join()).toContain('1 message of our own side left out')
  const on = plainDate('2026-11-12')
  expect((await notes('teams.vtt', { on, ours })).map(([, author]) => author)).toEqual(['Kofi Osei', 'Ada Moss'])
  expect((await notes('teams.vtt', { on, ours, theirs: ours })).map(([, author]) => author)).toContain('Dana Reyes')
  expect((await notes('tencent-meeting.txt', { ours: ['宋佳'] })).map(([, author]) => author)).toEqual(['赵启明'])
})

test('what cannot be read says what it is: a PDF, a picture, an empty file', async () => {
  for (const [bytes, name, is] of [
    [Buffer.from('%PDF-1.4\n'), 'a.pdf', /a PDF/],
    [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'a.png', /a picture/],
    [Buffer.from(' \n'), 'a.txt', /empty/],
  ] as const)
    await expect(written(bytes, {}, name)).rejects.toThrow(is)
})

describe('what is no note', () => {
  test.each([
    ['card.vcf', 'contacts'],
    ['meetings.ics', 'calendar'],
  ])('%s says so, and where it belongs', async (file, word) => {
    await expect(notes(file)).rejects.toThrow(FileProblem)
    await expect(notes(file)).rejects.toThrow(word)
  })
  test('a picture is refused in one sentence that names what is read', async () => {
    await expect(written(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), {}, 'a.png')).rejects.toThrow(
      /no note.*\.eml/,
    )
  })
})

describe('contacts and meetings', () => {
  const table = async (name: string) =>
    readTable(name, await readFile(join(folder, name)), { method: methodology, ours: { timeZone: 'Asia/Shanghai' } })
  test('a vCard is a person of a company, its department apart', async () => {
    const { kind, rows } = await table('card.vcf')
    expect([kind, rows.map(({ given }) => [given['name'], given['account'], given['title'], given['email']])]).toEqual([
      'people',
      [['Min Zhou', 'Corran Harbour', 'President', 'min.zhou@corran.example']],
    ])
  })
  test('a meeting that was cancelled has not taken place', async () => {
    const { kind, rows, report } = await table('meetings.ics')
    expect([kind, rows.length, report.leftOut[0]!.reason]).toEqual(['activities', 0, 'planned'])
  })
})

test('who wrote is who said it, where one person of the map is called so', () => {
  const people = [{ id: 'kofi', name: 'Kofi Osei' }]
  const suggestion = { signal: 's', confidence: 0.9, span: [0, 1] as const, quote: 'q', on: plainDate('2026-01-01') }
  const note = { on: plainDate('2026-01-01'), text: 't' }
  expect(saidBy({ ...note, author: 'kofi osei' }, [suggestion], people)[0]!.from).toBe('kofi')
  expect(saidBy({ ...note, author: 'Dana' }, [suggestion], people)[0]!.from).toBeUndefined()
  expect(saidBy(note, [suggestion], people)[0]!.from).toBeUndefined()
})
