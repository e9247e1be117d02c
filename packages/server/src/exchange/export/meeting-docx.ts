import type { Lang, Sheet, SheetLine } from '@sente/engine'
import { BorderStyle, Document, HeadingLevel, Packer, Paragraph, SectionType, TextRun } from 'docx'
import type { ISectionOptions } from 'docx'
import { inXml } from './in-xml.ts'

/** Fonts that Word, WPS and Pages have or replace by their like; one for Latin letters, one for Chinese ones. */
const FONTS = { ascii: 'Calibri', hAnsi: 'Calibri', cs: 'Calibri', eastAsia: 'Microsoft YaHei' } as const
const LOCALES: Readonly<Record<Lang, string>> = { en: 'en-GB', zh: 'zh-CN' }
const [LATE, FAINT, INK] = ['B3261E', '5B6470', '14181D'] as const
/** Half points, as Word counts sizes. */
const [BODY, SMALL, HEADING, TITLE] = [17, 17, 18, 28] as const
/** Twentieths of a point: A4 with 12 mm around. */
const PAGE = { size: { width: 11_906, height: 16_838 }, margin: { top: 640, bottom: 620, left: 680, right: 680 } }
const GAP = 320

/**
 * The page of a meeting as a Word document: A4, two columns, headings as heading styles, so that it can be gone on with in Word or WPS. It holds
 * the lines of the sheet and nothing else; the same sheet gives the same text.
 */
export async function meetingDocx(sheet: Sheet): Promise<Buffer> {
  const { lang, title, under, stop, sections } = inXml(sheet)
  const head: ISectionOptions = {
    properties: { page: PAGE },
    children: [
      new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(title)] }),
      new Paragraph({ style: 'Under', children: [new TextRun(under.join(' · '))] }),
      ...(stop === null ? [] : [new Paragraph({ style: 'Stop', children: [new TextRun(stop)] })]),
    ],
  }
  const parts: ISectionOptions = {
    properties: { type: SectionType.CONTINUOUS, page: PAGE, column: { count: 2, space: GAP } },
    children: sections.flatMap(({ id, name, lines }) => [
      new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(name)] }),
      ...lines.map((line) => paragraphOf(line, id === 'ask')),
    ]),
  }
  const file = new Document({
    title,
    subject: under[0] ?? '',
    creator: 'Sente',
    styles: stylesOf(lang),
    sections: [head, parts],
  })
  return Packer.toBuffer(file)
}

function paragraphOf({ label, text, tone }: SheetLine, framed: boolean): Paragraph {
  return new Paragraph({
    ...(framed && { border: FRAME }),
    ...(tone === 'strong' && { keepNext: true }),
    children: [
      ...(label === undefined ? [] : [new TextRun({ text: `${label}  `, bold: true })]),
      new TextRun({
        text,
        ...(tone === 'strong' && { bold: true }),
        ...(tone === 'late' && { color: LATE }),
        ...(tone === 'faint' && { color: FAINT }),
      }),
    ],
  })
}

const SIDE = { style: BorderStyle.SINGLE, size: 8, space: 3, color: INK } as const
const FRAME = { top: SIDE, bottom: SIDE, left: SIDE, right: SIDE }

const stylesOf = (lang: Lang): NonNullable<ConstructorParameters<typeof Document>[0]['styles']> => ({
  default: {
    document: {
      run: { font: FONTS, size: BODY, color: INK, language: { value: LOCALES[lang], eastAsia: 'zh-CN' } },
      paragraph: { spacing: { after: 30, line: 240 } },
    },
    title: { run: { size: TITLE, bold: true }, paragraph: { spacing: { after: 30 } } },
    heading1: {
      run: { size: HEADING, bold: true },
      paragraph: {
        spacing: { before: 90, after: 30 },
        keepNext: true,
        border: { top: { style: BorderStyle.SINGLE, size: 8, space: 1, color: INK } },
      },
    },
  },
  paragraphStyles: [
    { id: 'Under', name: 'Under the title', basedOn: 'Normal', run: { size: SMALL, color: FAINT } },
    {
      id: 'Stop',
      name: 'Must not be',
      basedOn: 'Normal',
      run: { bold: true, color: LATE },
      paragraph: { border: { left: { style: BorderStyle.SINGLE, size: 24, space: 6, color: LATE } } },
    },
  ],
})
