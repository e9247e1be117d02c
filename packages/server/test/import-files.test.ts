import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { indexMissing, search } from '../src/store/search.ts'
import { withWorkspace } from '../src/store/tenant.ts'
import { onDatabase } from './support/database.ts'
import { Importing, lines } from './support/importing.ts'

onDatabase((db) => {
  const at = new Importing(db)
  const { fresh, load, rows, viewer } = at

  describe('texts', () => {
    const long = `${'a'.repeat(159)}😀${' und so weiter'.repeat(20)}`

    it('with a character of two halves where something is cut off come in, are found, and are the same when they come again', async () => {
      await fresh()
      await load(lines([{ name: 'Deal', account: 'Riverbank' }]), { kind: 'deals' })
      const list = lines([
        { deal: 'Deal', on: '2025-02-11', text: long },
        { deal: 'Deal', on: '2025-02-12', text: `a${'𐐨'.repeat(90)} ${'😀'.repeat(90)}${'z'.repeat(60)}` },
      ])
      expect((await load(list, { kind: 'activities' })).run).toMatchObject({ created: 2, failed: 0 })
      await withWorkspace(at.store, { workspaceId: at.w.id, via: 'test' }, async (tx) => {
        while ((await indexMissing(tx)) > 0);
        expect(await search(tx, viewer('administrator'), { q: 'weiter' })).toMatchObject([{ kind: 'note' }])
        expect(await search(tx, viewer('administrator'), { q: `a${'𐐨'.repeat(90)}` })).toMatchObject([{ kind: 'note' }])
      })
      expect((await load(list, { kind: 'activities' })).run).toMatchObject({ created: 0, unchanged: 2 })
    })

    it('that the database does not take are reported as what they are', async () => {
      await fresh()
      const { run, faults } = await load(
        lines([
          { name: 'Fine' },
          { name: `${'b'.repeat(79)}😀${'b'.repeat(500)}` },
          { name: 'x', wonProjects: 'a\0b' },
          { name: 'y', [`${'k'.repeat(199)}😀`]: 1 },
          { name: 'nul\0' },
        ]),
        { kind: 'accounts', faulty: 'row' },
      )
      expect(run).toMatchObject({ status: 'done', created: 1, failed: 4 })
      expect(faults.map(({ row }) => row)).toEqual([2, 3, 4, 5])
    })
  })

  describe('a file', () => {
    const csv =
      '商机编号,商机名称,客户名称,预计成交金额,币种,销售阶段,预计成交日期,负责人邮箱备注\r\nS1,核心平台,"海泰银行, 总行",120万,CNY,方案,2025-07-01,好\r\nS2,"第二个 ""引号""",海泰银行,¥45000.50,,输单,2025/6/30,\r\n'
    const encodings: [string, Uint8Array][] = [
      ['UTF-8', Buffer.from(csv)],
      ['UTF-8 with its mark', Buffer.from(`\ufeff${csv}`)],
      ['UTF-16', Buffer.from(`\ufeff${csv}`, 'utf16le')],
      ['UTF-16, the other way round', Buffer.from(`\ufeff${csv}`, 'utf16le').swap16()],
    ]
    it('as CSV is read in every encoding, and means the same', async () => {
      for (const [name, bytes] of encodings) {
        await fresh()
        const { run, faults } = await load(bytes, { kind: 'deals', filename: 'deals.csv' })
        expect([name, run.created, faults]).toEqual([name, 2, []])
        expect(
          await rows(
            `select d.name, a.name as account, d.amount::text, d.status, d.closed_on::text as closed, d.external_id as id from deal d join account a on a.id = d.account_id where d.workspace_id = $w order by d.external_id`,
          ),
        ).toEqual([
          { name: '核心平台', account: '海泰银行, 总行', amount: '1200000', status: 'open', closed: null, id: 'S1' },
          {
            name: '第二个 "引号"',
            account: '海泰银行',
            amount: '45000.5',
            status: 'lost',
            closed: '2025-06-30',
            id: 'S2',
          },
        ])
      }
    })

    it('in GB18030 is known by the first character that is not ASCII, however late it comes', async () => {
      await fresh()
      // 中 in GB18030, after more ASCII than anything looks at before it decides.
      const body = Buffer.concat([
        Buffer.from(
          `Account ID,Account Name\n${Array.from({ length: 12_000 }, (_, i) => `A${i},Plain ${i}`).join('\n')}\nZ1,`,
        ),
        Buffer.from([0xd6, 0xd0, 0xb9, 0xfa]),
        Buffer.from('\n'),
      ])
      const { run } = await load(body, { kind: 'accounts' })
      expect(run).toMatchObject({ status: 'done', created: 12_001 })
      expect(await rows(`select name from account where workspace_id = $w and external_id = 'Z1'`)).toEqual([
        { name: '中国' },
      ])
    })

    it('as a spreadsheet is read with its days; what is none is refused with words', async () => {
      await fresh()
      const cell =
        (row: number) =>
        (text: string, i: number): string =>
          `<c r="${'ABC'[i]!}${row}" t="inlineStr"><is><t>${text}</t></is></c>`
      const xlsx = zipSync({
        '[Content_Types].xml': strToU8(
          '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
        '_rels/.rels': strToU8(
          '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
        'xl/workbook.xml': strToU8(
          '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Deals" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        'xl/_rels/workbook.xml.rels': strToU8(
          '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        ),
        'xl/worksheets/sheet1.xml': strToU8(
          `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">${['Opportunity Name', 'Account Name', 'Created Date'].map(cell(1)).join('')}</row><row r="2">${['Sheet deal', '海泰', '2025-03-04'].map(cell(2)).join('')}</row></sheetData></worksheet>`,
        ),
      })
      const { run, faults } = await load(xlsx, { kind: 'deals', filename: 'deals.xlsx' })
      expect([run.error, run.created, faults]).toEqual([undefined, 1, []])
      expect(await rows(`select name, opened_on::text as day from deal where workspace_id = $w`)).toEqual([
        { name: 'Sheet deal', day: '2025-03-04' },
      ])
      for (const body of [new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9]), new Uint8Array([0, 1, 2, 3, 4, 5, 6, 7, 8])]) {
        const bad = await load(body, { kind: 'deals' })
        expect(bad.run.status).toBe('failed')
        expect((bad.run.error as { zh: string }).zh).toMatch(/[\u4e00-\u9fff]/)
      }
    })
  })
})
