// Imports run one way. Each rule is one sentence; a file that breaks it is named with the line.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What each package may import besides itself and the libraries of its own package.json. */
const packages: Record<string, { folder: string; may: string[]; says: string }> = {
  '@sente/methodology': { folder: 'methodology', may: [], says: 'The methodology is data: it imports nothing.' },
  '@sente/engine': {
    folder: 'packages/engine',
    may: [],
    says: 'The engine takes the methodology as an argument: it imports only itself and zod.',
  },
  '@sente/picture': {
    folder: 'packages/picture',
    may: ['@sente/engine'],
    says: 'The picture is made from a brief: it imports the engine only.',
  },
  '@sente/reader': {
    folder: 'packages/reader',
    may: ['@sente/engine'],
    says: 'The reader is pure: it imports the engine only.',
  },
  '@sente/server': {
    folder: 'packages/server',
    may: ['@sente/methodology', '@sente/engine', '@sente/picture', '@sente/reader', '@sente/api'],
    says: 'The server imports the pure packages and the contract of its API, nothing of the web.',
  },
  '@sente/api': {
    folder: 'packages/api',
    may: ['@sente/methodology', '@sente/engine'],
    says: 'The contract of the API names things of the engine and the method, nothing else.',
  },
  '@sente/web': {
    folder: 'packages/web',
    may: ['@sente/methodology', '@sente/engine', '@sente/picture', '@sente/reader', '@sente/api'],
    says: 'The web application imports the pure packages and the contract of the API, nothing of the server.',
  },
}

/** The folders of the engine from the ground up: a folder imports only folders to its left, and itself. */
const engineLayers = [
  'methodology',
  'core',
  'deal',
  'position',
  'demand',
  'readiness',
  'people',
  'lead',
  'outlook',
  'diagnosis',
  'assess',
  'plan',
  'wargame',
  'account',
  'brief',
  'meeting',
]

/** The floors of the server from the ground up, each with what stands on it; the sentence says why it is where it is. */
const serverFloors: Record<string, string> = {
  core: 'core knows settings, languages and what can go wrong, and nothing else of the server',
  store: 'the store writes and reads records for whoever may; who may is asked above it',
  sample: 'the sample is written through the store',
  auth: 'auth knows members, sessions and tokens, not what they see',
  access: 'access says what of the records somebody sees and may change',
  exchange: 'imports and exports write and show what access allows',
  notes: 'notes are read by themselves',
  backup: 'a backup is of the database, whatever is in it',
  webhooks: 'webhooks send what the store keeps for them',
  jobs: 'jobs do what nobody waits for',
  queries: 'queries put records and briefs together for an answer',
  mcp: 'tools of assistants ask by the contract or read files; who asks over which wire is above them',
  http: 'http gives every operation its address; nothing below knows of requests',
  open: 'deal files are shown to one browser by the operations of the API, without a database',
  'server.ts': 'the process puts all of it together',
  cli: 'the command line starts processes and asks servers',
}
const floors = Object.keys(serverFloors)

const faults: string[] = []

/** Inside the server a floor stands on those below it. */
function checkFloor(from: string, to: string, at: string): void {
  const [a, b] = [from.split(sep)[0]!, to.split(sep)[0]!]
  const [i, j] = [floors.indexOf(a), floors.indexOf(b)]
  if (i < 0 || j < 0) faults.push(`${at}: ${i < 0 ? a : b} is no floor of the server: ${floors.join(' → ')}.`)
  else if (j > i) faults.push(`${at}: ${a} imports ${b}, which is above it: ${serverFloors[a]}.`)
}

/** Who imports whom inside a package, by path. */
const graph = new Map<string, Set<string>>()

/** Files that import each other in a circle: none of them can be read, tested or moved alone. */
function circles(): string[][] {
  const found: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const open: string[] = []
  const visit = (file: string): void => {
    index.set(file, index.size)
    low.set(file, index.get(file)!)
    open.push(file)
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next)
      if (open.includes(next)) low.set(file, Math.min(low.get(file)!, low.get(next)!))
    }
    if (low.get(file) !== index.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1) found.push(circle)
  }
  for (const file of graph.keys()) if (!index.has(file)) visit(file)
  return found
}

/** Inside the web application: app → features → shared, and a feature never imports another. */
function checkWeb(from: string, to: string, at: string): void {
  const [a = '', b = ''] = from.split(sep)
  const [c = '', d = ''] = to.split(sep)
  if (a === 'shared' && c !== 'shared')
    faults.push(`${at}: shared imports ${c}. What all screens share knows none of them.`)
  if (a === 'features' && c === 'app')
    faults.push(`${at}: a feature imports app. The application puts features together; a feature does not know it.`)
  if (a === 'features' && c === 'features' && b !== d)
    faults.push(`${at}: ${b} imports ${d}. A feature never imports another: what two need goes into shared.`)
}

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (name === 'node_modules' || name === 'corpus' || name === 'dist') continue
    if (statSync(path).isDirectory()) yield* sources(path)
    else if (/\.(ts|tsx|mjs)$/.test(name)) yield path
  }
}

const importPattern = /^\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/gm

/** `@sente/reader/model.bin?url` is of `@sente/reader`. */
const packageOf = (target: string): string => target.split('/').slice(0, 2).join('/')

for (const [name, { folder }] of Object.entries(packages)) {
  const base = join(root, folder)
  if (!statSync(base, { throwIfNoEntry: false })) continue
  for (const file of sources(base)) {
    // Tests may reach anywhere.
    if (relative(base, file).startsWith(`test${sep}`) || file.endsWith('.test.ts')) continue
    const text = readFileSync(file, 'utf8')
    for (const match of text.matchAll(importPattern)) {
      const target = match[1] ?? match[2]!
      const at = `${relative(root, file)}:${text.slice(0, match.index).split('\n').length}`
      if (target.startsWith('.'))
        checkOwn(name, base, file, normalize(join(dirname(file), target)), target, match[0], at)
      else checkPackage(name, target, at)
    }
  }
}

/** An import of a package of ours by its name. */
function checkPackage(name: string, target: string, at: string): void {
  const { may, says } = packages[name]!
  const of = packageOf(target)
  if (target.startsWith('@sente/') && of !== name && !may.includes(of)) faults.push(`${at}: ${target}. ${says}`)
}

/** An import inside a package: of `path`, as `target` and `statement` say it. */
function checkOwn(
  name: string,
  base: string,
  file: string,
  path: string,
  target: string,
  statement: string,
  at: string,
): void {
  if (!path.startsWith(base + sep)) faults.push(`${at}: ${target} leaves the package. ${packages[name]!.says}`)
  // What is imported for its types only is gone when the program runs.
  if (!/^\s*(?:import|export) type\s/.test(statement)) graph.set(file, (graph.get(file) ?? new Set()).add(path))
  const src = join(base, 'src')
  const [from, to] = [relative(src, file), relative(src, path)]
  if (name === '@sente/web') checkWeb(from, to, at)
  if (name === '@sente/engine') checkLayer(from, to, at)
  if (name === '@sente/server' && file.startsWith(src)) checkFloor(from, to, at)
}

function checkLayer(from: string, to: string, at: string): void {
  const [a, b] = [from.split(sep)[0]!, to.split(sep)[0]!]
  const [i, j] = [engineLayers.indexOf(a), engineLayers.indexOf(b)]
  if (i >= 0 && j > i)
    faults.push(`${at}: ${a} imports ${b}. Engine folders import to the left only: ${engineLayers.join(' → ')}.`)
}

for (const circle of circles())
  faults.push(
    `${circle.map((file) => relative(root, file)).join(' ↔ ')}: they import each other. What both need goes into a file of its own.`,
  )
for (const fault of faults) console.error(fault)
if (faults.length === 0) console.log('imports run one way')
process.exit(faults.length > 0 ? 1 : 0)
