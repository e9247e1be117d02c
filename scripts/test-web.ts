// The web application for a test in a real browser: built as it is for users, served under a policy as strict as theirs.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join, normalize } from 'node:path'
import { buildWeb } from './build-web.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}
const NONCE = 'c2VudGU'
const POLICY = `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${NONCE}'; font-src 'self'; img-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`

const built = new Map<string, Promise<string>>()

/** Builds once in a process: `stories` is the page of components, `production` the application. */
function folderOf(mode: 'stories' | 'production'): Promise<string> {
  let folder = built.get(mode)
  if (!folder) {
    const outDir = mkdtempSync(join(tmpdir(), 'sente-web-'))
    process.on('exit', () => rmSync(outDir, { recursive: true, force: true }))
    folder = buildWeb(outDir, mode).then(() => outDir)
    built.set(mode, folder)
  }
  return folder
}

/** Serves the built files while `use` runs; unknown addresses get the page, as the application's own router expects. */
export async function withWeb<T>(mode: 'stories' | 'production', use: (origin: string) => Promise<T>): Promise<T> {
  const folder = await folderOf(mode)
  const home = mode === 'stories' ? 'stories.html' : 'index.html'
  const server = createServer((request, answer) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://x').pathname))
    const file = extname(path) === '' ? home : path
    readFile(join(folder, file)).then(
      (bytes) => {
        const type = TYPES[extname(file)] ?? 'application/octet-stream'
        answer.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY })
        answer.end(
          file === home
            ? bytes.toString().replace('name="csp-nonce" content=""', `name="csp-nonce" content="${NONCE}"`)
            : bytes,
        )
      },
      () => answer.writeHead(404).end(),
    )
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    return await use(`http://127.0.0.1:${address.port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((done) => void server.close(done))
  }
}
