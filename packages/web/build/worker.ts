import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { Plugin } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const LATIN = /\/inter-latin-wght-normal-[^/]*\.woff2$/

/** What of the built files opens the application, and what is only kept once it was used. */
function shellOf(names: readonly string[]): { files: string[]; used: string[] } {
  const files: string[] = []
  const used: string[] = []
  for (const name of names) {
    const path = `/${name}`
    if (/\.(map|html)$/.test(name)) continue
    if (/\.(woff2|bin)$/.test(name) && !LATIN.test(path)) used.push(path)
    else files.push(path)
  }
  return { files: files.sort(), used: used.sort() }
}

/** Builds the service worker (worker/sw.ts) into `/sw.js`, with the names of everything else that was built. */
export function worker(): Plugin {
  return {
    name: 'sente-worker',
    apply: 'build',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const unhashed = readdirSync(`${root}/public`)
        const entry = Object.values(bundle).find((one) => one.type === 'chunk' && one.isEntry)
        if (!entry) throw new Error('the application has no entry')
        const { files, used } = shellOf([...Object.keys(bundle), ...unhashed])
        const version = createHash('sha256').update(files.join())
        for (const name of ['index.html', 'worker/sw.ts', ...unhashed.map((each) => `public/${each}`)])
          version.update(readFileSync(`${root}/${name}`))
        const built = await build({
          configFile: false,
          root,
          publicDir: false,
          logLevel: 'error',
          define: {
            SHELL: JSON.stringify({
              version: version.digest('hex').slice(0, 12),
              entry: `/${entry.fileName}`,
              files,
              used,
            }),
          },
          build: {
            write: false,
            target: 'es2023',
            rolldownOptions: { input: `${root}/worker/sw.ts`, output: { format: 'iife', entryFileNames: 'sw.js' } },
          },
        })
        const [output] = Array.isArray(built) ? built : [built]
        const script = output && 'output' in output ? output.output[0] : undefined
        if (!script) throw new Error('the service worker was not built')
        this.emitFile({ type: 'asset', fileName: 'sw.js', source: script.code })
      },
    },
  }
}
