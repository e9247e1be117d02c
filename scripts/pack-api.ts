// Makes the client of the API a package that any Node or browser project can use, in packages/api/dist: one file of JavaScript, its types, and zod as the
// only dependency. `node scripts/pack-api.ts`, then `npm pack ./packages/api/dist`. Its tests name another folder, and leave the types out (`--no-types`).
import { spawnSync } from 'node:child_process'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const api = join(root, 'packages/api')
const [named, ...options] = process.argv.slice(2)
const out = named === undefined || named.startsWith('--') ? join(api, 'dist') : named
const typed = ![named, ...options].includes('--no-types')

interface Manifest {
  name: string
  version: string
  description: string
  license: string
  dependencies: Record<string, string>
}

if (!(await mayBeReplaced(out))) {
  console.error(`${out} holds other files, and would be emptied: name a folder that is empty or not there yet.`)
  process.exit(1)
}
await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })
const bundle = await rolldown({ input: join(api, 'src/index.ts'), external: [/^zod/], platform: 'neutral' })
await bundle.write({ file: join(out, 'index.js'), format: 'es' })
if (typed) await types()
const made = JSON.parse(await readFile(join(api, 'package.json'), 'utf8')) as Manifest
const { name, version, description, license, dependencies } = made
const manifest = {
  name,
  version,
  description,
  license,
  type: 'module',
  engines: { node: '>=20' },
  exports: { '.': { types: './types/api/src/index.d.ts', default: './index.js' } },
  files: ['index.js', 'types'],
  dependencies: { zod: dependencies['zod'] },
}
await writeFile(join(out, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
await cp(join(root, 'LICENSE'), join(out, 'LICENSE'))
await cp(join(api, 'README.md'), join(out, 'README.md'))

/** A folder that is not there, empty, or made by this program before. */
async function mayBeReplaced(folder: string): Promise<boolean> {
  const names: string[] = await readdir(folder).catch(() => [])
  if (names.length === 0) return true
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => '{}')
  return names.includes('index.js') && (JSON.parse(text) as { name?: string }).name === '@sente/api'
}

/** Declarations of the client and of the part of the engine that they speak of; they find each other by their places. */
async function types(): Promise<void> {
  const config = join(api, 'tsconfig.package.json')
  await writeFile(
    config,
    JSON.stringify({
      extends: '../../tsconfig.json',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        incremental: false,
        rewriteRelativeImportExtensions: true,
        rootDir: '..',
        outDir: join(out, 'types'),
        // Of browsers and of Node alike: `fetch` and what it takes.
        lib: ['es2024', 'dom', 'dom.iterable', 'dom.asynciterable'],
        types: [],
      },
      include: [],
      files: ['./src/index.ts', '../engine/src/index.ts'],
    }),
  )
  const tsc = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], {
    encoding: 'utf8',
  })
  await rm(config)
  if (tsc.status !== 0) throw new Error(`The types could not be made:\n${tsc.stdout}${tsc.stderr}`)
  const folder = join(out, 'types')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.d.ts')) continue
    const path = join(entry.parentPath, entry.name)
    const engine = relative(dirname(path), join(folder, 'engine/src/index.js')).split(sep).join('/')
    const text = await readFile(path, 'utf8')
    await writeFile(
      path,
      text.replaceAll(/(['"])@sente\/engine\1/g, `'${engine}'`).replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"),
    )
  }
}
