import type { Plugin, Rolldown } from 'vite'

/** The parts of a screen that is often opened first, by the name that public/boot.js has for it. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  today: ['/features/today/today.tsx'],
  deals: ['/features/deals/deals.tsx'],
  deal: ['/features/deal/deal.tsx', '/features/deal/section.tsx', '/shared/picture/deal-picture.tsx'],
}

/** Names in the page which files a screen takes besides the program, so that a browser fetches them all at once, not one after the other. */
export function prefetch(): Plugin {
  return {
    name: 'sente-prefetch',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle, chunk }) {
        if (!bundle || !chunk) return html
        const there = closure(chunk, bundle)
        const of = (parts: readonly string[]): string => {
          const chunks = parts.map(
            (part) =>
              Object.values(bundle).find(
                (one) => one.type === 'chunk' && one.moduleIds.some((id) => id.endsWith(part)),
              ) as Rolldown.OutputChunk | undefined,
          )
          if (chunks.includes(undefined)) throw new Error(`not all of these are there: ${parts.join()}`)
          const files = new Set(chunks.flatMap((one) => [...closure(one!, bundle)]))
          return [...files]
            .filter((name) => !there.has(name))
            .map((name) => `/${name}`)
            .join(' ')
        }
        const method = Object.keys(bundle).find((name) => /\/methodology-[^/]*\.json$/.test(name))
        const data = Object.entries(SCREENS).map(([screen, parts]) => ` data-${screen}="${of(parts)}"`)
        return html.replace('<meta name="prefetch"', `<meta name="prefetch" data-method="/${method}"${data.join('')}`)
      },
    },
  }
}

/** Names of a chunk's file and all that it imports, with their styles. */
function closure(chunk: Rolldown.OutputChunk, bundle: Rolldown.OutputBundle, into = new Set<string>()): Set<string> {
  if (into.has(chunk.fileName)) return into
  into.add(chunk.fileName)
  for (const style of chunk.viteMetadata?.importedCss ?? []) into.add(style)
  for (const name of chunk.imports) {
    const next = bundle[name]
    if (next?.type === 'chunk') closure(next, bundle, into)
  }
  return into
}
