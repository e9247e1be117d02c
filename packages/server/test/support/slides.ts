import { posix } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { Parser } from 'htmlparser2'

/** A presentation as ISO/IEC 29500 says it is to be read, by nothing that wrote it. */
export interface ReadSlides {
  slides: { texts: string[]; title: string; tables: string[][][]; charts: string[]; ids: string[] }[]
  fonts: { latin: Set<string>; eastAsian: Set<string> }
  languages: Set<string>
  parts: Record<string, string>
}

interface Element {
  name: string
  attributes: Record<string, string>
  children: Element[]
  text: string
}

/** Well-formed XML or an error: every tag that opens closes. */
export function xml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' }
  const stack = [root]
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = { name, attributes, children: [], text: '' }
        stack.at(-1)!.children.push(element)
        stack.push(element)
      },
      ontext: (data) => void (stack.at(-1)!.text += data),
      onclosetag(name, implied) {
        const element = stack.pop()!
        // What closes itself holds nothing; anything else that is closed by itself was left open.
        if (element.name !== name || (implied && (element.children.length > 0 || element.text !== '')))
          throw new Error(`${element.name} is not closed`)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(text)
  if (stack.length !== 1) throw new Error(`${stack.at(-1)!.name} is not closed`)
  return root
}

export const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
]
const said = (element: Element): string =>
  all(element, 'a:p')
    .map((line) =>
      all(line, 'a:t')
        .map(({ text }) => text)
        .join(''),
    )
    .join('\n')

export function readSlides(file: Uint8Array): ReadSlides {
  const parts = Object.fromEntries(Object.entries(unzipSync(file)).map(([name, bytes]) => [name, strFromU8(bytes)]))
  const linksOf = (part: string): Map<string, string> => {
    const own = parts[posix.join(posix.dirname(part), '_rels', `${posix.basename(part)}.rels`)]
    return new Map(
      own === undefined
        ? []
        : all(xml(own), 'Relationship').map(({ attributes: { Id, Target, TargetMode } }) => {
            const target = Target!.startsWith('/') ? Target!.slice(1) : posix.join(posix.dirname(part), Target!)
            if (TargetMode !== 'External' && parts[target] === undefined)
              throw new Error(`${part}: ${target} is not there`)
            return [Id!, target]
          }),
    )
  }
  for (const [name, text] of Object.entries(parts)) if (/\.(?:xml|rels)$/.test(name)) xml(text)
  const links = linksOf('ppt/presentation.xml')
  const slides = all(xml(parts['ppt/presentation.xml']!), 'p:sldId').map(({ attributes }) => {
    const part = links.get(attributes['r:id']!)!
    const slide = xml(parts[part]!)
    const shapes = all(slide, 'p:sp')
    const own = linksOf(part)
    return {
      title: shapes
        .filter((shape) => all(shape, 'p:ph').some((one) => /^(?:ctrT|t)itle$/.test(one.attributes['type'] ?? '')))
        .map(said)
        .join('\n'),
      texts: shapes.map(said),
      tables: all(slide, 'a:tbl').map((table) => all(table, 'a:tr').map((row) => all(row, 'a:tc').map(said))),
      charts: all(slide, 'c:chart').map((chart) => parts[own.get(chart.attributes['r:id']!)!]!),
      ids: all(slide, 'p:cNvPr').map((one) => one.attributes['id']!),
    }
  })
  const faces = (name: string): Set<string> =>
    new Set(
      Object.entries(parts).flatMap(([part, text]) =>
        /^ppt\/(?:slides|charts|theme)\/[^/]*\.xml$/.test(part)
          ? all(xml(text), name).map(({ attributes }) => attributes['typeface']!)
          : [],
      ),
    )
  return {
    slides,
    fonts: { latin: faces('a:latin'), eastAsian: faces('a:ea') },
    languages: new Set(
      Object.entries(parts).flatMap(([part, text]) =>
        part.startsWith('ppt/slides/slide') ? all(xml(text), 'a:rPr').map(({ attributes }) => attributes['lang']!) : [],
      ),
    ),
    parts,
  }
}
