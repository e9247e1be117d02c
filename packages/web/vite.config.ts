import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { FIELD_SCHEMAS } from '@sente/api'
import { loadMethodology } from '@sente/engine'
import { files } from '@sente/methodology'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { parse } from 'yaml'
import { z } from 'zod'
import { prefetch } from './build/prefetch.ts'
import { assetFileNames, chunkFileNames, chunks } from './build/chunks.ts'
import { compress } from './build/compress.ts'
import { worker } from './build/worker.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * The method as a file of data beside the code: it is large, does not change between two releases of the code, and a
 * browser reads JSON faster than the same as a program. `virtual:methodology` is its address.
 */
function methodology(): Plugin {
  const loaded = loadMethodology(files)
  if ('faults' in loaded) throw new Error(`the method has faults: ${JSON.stringify(loaded.faults.slice(0, 3))}`)
  const checked = JSON.stringify(loaded.methodology)
  const id = '\0methodology'
  let serving = false
  return {
    name: 'sente-methodology',
    configResolved: ({ command }) => void (serving = command === 'serve'),
    resolveId: (source) => (source === 'virtual:methodology' ? id : null),
    load(source) {
      if (source !== id) return null
      if (serving) return `export default '/methodology.json'`
      const asset = this.emitFile({ type: 'asset', name: 'methodology.json', source: checked })
      return `export default import.meta.ROLLUP_FILE_URL_${asset}`
    },
    configureServer: ({ middlewares }) =>
      void middlewares.use('/methodology.json', (_request, answer) => {
        answer.setHeader('content-type', 'application/json')
        answer.end(checked)
      }),
  }
}

/** What the contract allows in each field of a fact, as JSON Schema: forms say what is wrong before anything is sent. */
function limits(): Plugin {
  const id = '\0limits'
  const of = (fields: z.ZodRawShape): unknown =>
    (z.toJSONSchema(z.object(fields), { io: 'input', unrepresentable: 'any' }) as { properties: unknown }).properties
  return {
    name: 'sente-limits',
    resolveId: (source) => (source === 'virtual:limits' ? id : null),
    load: (source) =>
      source === id
        ? `export default ${JSON.stringify(Object.fromEntries(Object.entries(FIELD_SCHEMAS).map(([kind, fields]) => [kind, of(fields)])))}`
        : null,
  }
}

/** The example deals for the page of components; no part of the application. */
function examples(): Plugin {
  const id = '\0examples'
  const folder = new URL('../../examples/', import.meta.url)
  return {
    name: 'sente-examples',
    resolveId: (source) => (source === 'virtual:examples' ? id : null),
    load(source) {
      if (source !== id) return null
      const deals = readdirSync(folder)
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => [name, parse(readFileSync(new URL(name, folder), 'utf8'))])
      return `export default ${JSON.stringify(Object.fromEntries(deals))}`
    },
  }
}

/** `vite build` makes the application; `vite build --mode stories` the page of components with example deals, for tests. */
export default defineConfig(({ mode }) => ({
  root: here,
  plugins: [
    react(),
    methodology(),
    limits(),
    ...(mode === 'stories'
      ? [examples()]
      : [worker(), prefetch(), ...(process.env.SENTE_WEB_PLAIN === 'yes' ? [] : [compress()])]),
  ],
  // The stories read deal files, which takes the real one.
  ...(mode === 'production'
    ? { resolve: { alias: { zod: fileURLToPath(new URL('build/no-zod.ts', import.meta.url)) } } }
    : {}),
  server: { port: 5173, proxy: { '/api': process.env.SENTE_API ?? 'http://127.0.0.1:8080' } },
  build: {
    target: 'es2023',
    // Under a strict policy a font or picture within the style sheet would need `data:`; files need nothing.
    assetsInlineLimit: 0,
    sourcemap: mode !== 'stories',
    rolldownOptions: {
      // A schema nobody uses is left out with all it is made of.
      treeshake: { manualPureFunctions: ['z'] },
      input: fileURLToPath(new URL(mode === 'stories' ? 'stories.html' : 'index.html', import.meta.url)),
      ...(mode === 'stories' ? {} : { output: { codeSplitting: chunks, chunkFileNames, assetFileNames } }),
    },
  },
}))
