import type { Deck, Slide, SlideLine, SlidePart, SlideTone, TablePart } from '@sente/picture'
import { SLIDE } from '@sente/picture'
import type * as Pptx from 'pptxgenjs'
import { inXml } from '../in-xml.ts'
import { LATIN, mended } from './mended.ts'

const INCH = 72
const INK: Readonly<Record<SlideTone, string>> = { ink: '14181D', faint: '5B6470', red: 'B3261E', good: '10637D' }
const HAIR = 'CFD5DC'
const HEAD = 'F3F5F7'
const SHAPES = { rect: 'rect', chevron: 'chevron', dot: 'ellipse', line: 'line' } as const
const [COVER, INNER] = ['Cover', 'Inner'] as const

/**
 * A deck as a presentation (PPTX): titles are titles, tables are tables, charts are charts with their numbers, so that it can be gone on with in
 * PowerPoint, WPS, Keynote and LibreOffice. It holds what the deck holds and nothing else.
 */
export async function pptx(given: Deck): Promise<Buffer> {
  const deck = inXml(given)
  const { default: Library } = await import('pptxgenjs')
  // Its types name the class; under Node the module is the class itself.
  const file = new (Library as unknown as new () => Pptx.default)()
  file.defineLayout({ name: 'SENTE', width: SLIDE.width / INCH, height: SLIDE.height / INCH })
  file.layout = 'SENTE'
  file.theme = { headFontFace: LATIN, bodyFontFace: LATIN }
  file.title = deck.title
  file.subject = deck.title
  file.author = 'Sente'
  file.company = ''
  masters(file, deck)
  for (const slide of deck.slides) write(file, slide)
  return mended((await file.write({ outputType: 'nodebuffer' })) as Buffer, deck.lang)
}

const box = ({
  x,
  y,
  w,
  h,
}: {
  x: number
  y: number
  w: number
  h: number
}): Record<'x' | 'y' | 'w' | 'h', number> => ({
  x: x / INCH,
  y: y / INCH,
  w: w / INCH,
  h: h / INCH,
})

function masters(file: Pptx.default, { mark, slides }: Deck): void {
  const title = (
    size: number,
    at: ReturnType<typeof box>,
    valign: 'bottom' | 'middle',
  ): Pptx.default.SlideMasterProps['objects'] => [
    {
      placeholder: {
        options: {
          name: 'title',
          type: 'title',
          ...at,
          fontFace: LATIN,
          fontSize: size,
          bold: true,
          color: INK.ink,
          align: 'left',
          valign,
          margin: 0,
        },
        text: '',
      },
    },
    ...(mark === null
      ? []
      : [
          {
            text: {
              text: mark,
              options: {
                ...box({ x: 40, y: 508, w: 700, h: 18 }),
                fontFace: LATIN,
                fontSize: 10,
                color: INK.red,
                margin: 0,
                valign: 'middle' as const,
              },
            },
          },
        ]),
  ]
  if (slides.some(({ cover }) => cover))
    file.defineSlideMaster({
      title: COVER,
      objects: title(30, box({ x: 40, y: 60, w: SLIDE.width - 80, h: 124 }), 'bottom')!,
    })
  file.defineSlideMaster({
    title: INNER,
    objects: title(22, box({ x: 40, y: 28, w: SLIDE.width - 80, h: 40 }), 'middle')!,
    slideNumber: { x: 12.4, y: 7.06, w: 0.5, h: 0.25, fontFace: LATIN, fontSize: 10, color: INK.faint, align: 'right' },
  })
}

function write(file: Pptx.default, { title, cover, parts }: Slide): void {
  const slide = file.addSlide({ masterName: cover ? COVER : INNER })
  slide.addText(title, { placeholder: 'title' })
  for (const part of parts) draw(slide, part)
}

function draw(slide: Pptx.default.Slide, part: SlidePart): void {
  switch (part.kind) {
    case 'text':
      slide.addText(runs(part.lines, part.size), {
        ...box(part),
        margin: 0,
        valign: 'top',
        align: part.align ?? 'left',
      })
      return
    case 'shape': {
      const { shape, fill, text } = part
      const look = { ...box(part), fill: { color: fill }, line: { type: 'none' as const } }
      if (text)
        slide.addText(runs(text.lines, text.size), {
          ...look,
          shape: SHAPES[shape] as Pptx.default.SHAPE_NAME,
          margin: 0,
          align: 'center',
          valign: 'middle',
        })
      else slide.addShape(SHAPES[shape] as Pptx.default.SHAPE_NAME, look)
      return
    }
    case 'table':
      slide.addTable(rowsOf(part), {
        ...box(part),
        colW: part.widths.map((width) => width / INCH),
        rowH: [part.headHeight, ...part.rows.map(({ height }) => height)].map((height) => height / INCH),
        border: { type: 'solid', pt: 0.5, color: HAIR },
        // Points: left, right, bottom, top.
        margin: [3, 5, 3, 5],
        valign: 'top',
      })
      return
    case 'chart':
      slide.addChart(
        'bar' as Pptx.default.CHART_NAME,
        part.series.map(({ name, values }) => ({ name, labels: part.categories, values })),
        {
          ...box(part),
          altText: part.says,
          barDir: 'bar',
          barGrouping: part.stacked ? 'stacked' : 'clustered',
          barGapWidthPct: 45,
          chartColors: part.series.map(({ color }) => color),
          catAxisLabelFontFace: LATIN,
          catAxisLabelFontSize: part.categories.length > 12 ? 10 : 12,
          catAxisLabelColor: INK.ink,
          valAxisLabelFontFace: LATIN,
          valAxisLabelFontSize: 10,
          valAxisLabelColor: INK.faint,
          valAxisLabelFormatCode: part.format === 'percent' ? '0%' : '#,##0',
          valAxisMinVal: 0,
          ...(part.format === 'percent' && { valAxisMaxVal: 1 }),
          ...(part.stacked && { valAxisMajorUnit: 1 }),
          valGridLine: { color: HAIR, size: 0.5 },
          catGridLine: { style: 'none' },
          // Amounts are said to the cent beside it; a label would round them.
          showValue: part.format === 'percent' || part.stacked,
          dataLabelFontFace: LATIN,
          dataLabelFontSize: 10,
          dataLabelColor: part.stacked ? 'FFFFFF' : INK.ink,
          // A count of none is no bar, and its label would stand in the next one.
          dataLabelFormatCode: part.format === 'percent' ? '0%' : part.stacked ? '0;;;' : '#,##0',
          showLegend: part.series.length > 1,
          legendPos: 't',
          legendFontFace: LATIN,
          legendFontSize: 11,
          legendColor: INK.ink,
        },
      )
  }
}

const runs = (lines: readonly SlideLine[], size: number): Pptx.default.TextProps[] =>
  lines.map(({ text, tone = 'ink', bold = false, bullet = false }, i) => ({
    text,
    options: {
      fontFace: LATIN,
      fontSize: size,
      color: INK[tone],
      bold,
      ...(bullet && { bullet: { indent: 12 } }),
      breakLine: i < lines.length - 1,
      paraSpaceAfter: 3,
    },
  }))

function rowsOf({ head, rows, size, small }: TablePart): Pptx.default.TableRow[] {
  const face = { fontFace: LATIN, fontSize: size, color: INK.ink }
  return [
    head.map((text) => ({ text, options: { ...face, bold: true, fill: { color: HEAD } } })),
    ...rows.map(({ cells }) =>
      cells.map(({ text, tone = 'ink', bold = false, sub, fill }) => ({
        text: [
          { text, options: { ...face, color: INK[tone], bold, breakLine: sub !== undefined } },
          ...(sub === undefined ? [] : [{ text: sub, options: { ...face, fontSize: small, color: INK.faint } }]),
        ],
        options: { ...face, ...(fill !== undefined && { fill: { color: fill } }) },
      })),
    ),
  ]
}
