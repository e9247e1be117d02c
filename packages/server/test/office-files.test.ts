import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { readTable } from '../src/exchange/files/crm.ts'
import { openMessages } from '../src/notes/messages/open.ts'
import { method, pick } from './support/intake.ts'
import { spreadsheet } from './support/spreadsheet.ts'

describe('a spreadsheet', () => {
  test('in the strict form has its days written as text, and they are those days', async () => {
    const book = spreadsheet([
      ['Opportunity Name', 'Account Name', 'Created Date', 'Close Date'],
      ['Kiln', 'Haibo', { written: '2026-03-02' }, { written: '2026-12-22T00:00:00' }],
      ['Mill', 'Haibo', { day: '2026-03-03' }, { written: '2027-01-05T00:00:00.000' }],
    ])
    const list = await readTable('strict.xlsx', book, { method, answers: {}, ours: { timeZone: 'Asia/Shanghai' } })
    expect(pick(list, 'openedOn', 'expectedCloseOn')).toEqual([
      ['2026-03-02', '2026-12-22'],
      ['2026-03-03', '2027-01-05'],
    ])
  })
  test('whose written days are results of formulas, or in another writing of the same XML, has those days too', async () => {
    const book = spreadsheet([
      ['Opportunity Name', 'Account Name', 'Created Date', 'Close Date'],
      ['Kiln', 'Haibo', { written: '2026-03-02' }, { written: '2026-12-22T00:00:00', formula: 'IF(A2<>"",C2+295,"")' }],
      ['Mill', 'Haibo', { written: '2026-03-03', formula: 'C2+1' }, { written: '2027-01-05T00:00:00.000' }],
    ])
    const list = await readTable('strict.xlsx', book, { method, answers: {}, ours: { timeZone: 'Asia/Shanghai' } })
    expect(pick(list, 'openedOn', 'expectedCloseOn')).toEqual([
      ['2026-03-02', '2026-12-22'],
      ['2026-03-03', '2027-01-05'],
    ])
    for (const writing of ["\nt='d'", ' t = "d"']) {
      const files = unzipSync(book)
      const sheet = files['xl/worksheets/sheet1.xml']!
      files['xl/worksheets/sheet1.xml'] = strToU8(strFromU8(sheet).replaceAll(' t="d"', writing))
      const other = await readTable('strict.xlsx', Buffer.from(zipSync(files)), {
        method,
        answers: {},
        ours: { timeZone: 'Asia/Shanghai' },
      })
      expect([writing, pick(other, 'openedOn', 'expectedCloseOn')]).toEqual([
        writing,
        pick(list, 'openedOn', 'expectedCloseOn'),
      ])
    }
  })
  test('whose numbers are shown with escaped letters of a date holds numbers', async () => {
    const book = spreadsheet([
      ['Opportunity Name', 'Account Name', 'Amount'],
      ['Kiln', 'Haibo', { days: 480 }],
    ])
    const list = await readTable('days.xlsx', book, {
      method,
      answers: {},
      ours: { timeZone: 'Asia/Shanghai' },
    })
    expect(pick(list, 'amount')).toEqual([['- 480']])
  })
})

describe('a document of minutes', () => {
  const text = (words: string): string => `<w:t xml:space="preserve">${words}</w:t>`
  const run = (words: string): string => `<w:r>${text(words)}</w:r>`
  const line = (...parts: string[]): string => `<w:p>${parts.join('')}</w:p>`
  const change = 'w:id="1" w:author="A" w:date="2026-03-02T09:00:00Z"'
  const read = async (...lines: string[]): Promise<string[]> => {
    const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.join('')}</w:body></w:document>`
    const found = await openMessages('minutes.docx', zipSync({ 'word/document.xml': strToU8(document) }))
    return found!.messages
      .map((message) => message.text)
      .join('\n')
      .split('\n')
      .filter((each) => each !== '')
  }

  test('says what stands in it now: neither what was struck out nor what was moved away', async () => {
    expect(
      await read(
        line(
          run('The board decides in '),
          `<w:del ${change}><w:r><w:delText>May</w:delText></w:r></w:del>`,
          `<w:ins ${change}>${run('August')}</w:ins>`,
        ),
        line(`<w:moveFrom ${change}>${run('We pay in June')}</w:moveFrom>`),
        line('<w:pPr><w:rPr><w:del w:id="2"/></w:rPr></w:pPr>', run('Second')),
        line(`<w:moveTo ${change}>${run('We pay in June')}</w:moveTo>`),
      ),
    ).toEqual(['The board decides in August', 'Second', 'We pay in June'])
  })
  test('keeps what a field shows and not its code, and no hidden text or reading aid', async () => {
    const mark = (kind: string): string => `<w:r><w:fldChar w:fldCharType="${kind}"/></w:r>`
    expect(
      await read(
        line(
          run('On '),
          mark('begin'),
          '<w:r><w:instrText> DATE </w:instrText></w:r>',
          mark('separate'),
          run('2 March'),
          mark('end'),
        ),
        line(`<w:fldSimple w:instr=" REF a ">${run('Clause 4')}</w:fldSimple>`, run(' applies')),
        line(
          `<w:r><w:rPr><w:b/><w:vanish/></w:rPr>${text('480 ')}</w:r>`,
          `<w:r><w:rPr><w:b/></w:rPr>${text('shown')}</w:r>`,
        ),
        line(
          `<w:r><w:ruby><w:rt>${run('shan')}</w:rt><w:rubyBase>${run('单')}</w:rubyBase></w:ruby></w:r>`,
          run('厂长&#xFF1A;同意'),
        ),
      ),
    ).toEqual(['On 2 March', 'Clause 4 applies', 'shown', '单厂长：同意'])
  })
  test('with elements that never end is read in one pass', async () => {
    const lines = await read(line(run('first')), `<w:del ${change}>`.repeat(50_000), line(run('last')))
    expect(lines).toEqual(['first', 'last'])
  })
})
