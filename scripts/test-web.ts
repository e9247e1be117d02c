// The web application for a test in a real browser: built as it is for users, served under a policy as strict as theirs.
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { builtWeb } from './built-web.ts'

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

const served = new Map<string, Promise<string>>()

/**
 * Serves the built files to `use`: `stories` is the page of components, `production` the application. Unknown addresses get the page, as the
 * application's own router expects. A process serves each from one address, so that a browser that has seen it has it in its cache.
 */
export async function withWeb<T>(mode: 'stories' | 'production', use: (origin: string) => Promise<T>): Promise<T> {
  const known = served.get(mode) ?? serve(mode)
  served.set(mode, known)
  return use(await known)
}

async function serve(mode: 'stories' | 'production'): Promise<string> {
  const folder = await builtWeb(mode)
  const home = mode === 'stories' ? 'stories.html' : 'index.html'
  const server = createServer((request, answer) => {
    const path = normalize(decodeURIComponent(new URL(request.url!, 'http://x').pathname))
    const file = extname(path) === '' ? home : path
    readFile(join(folder, file)).then(
      (bytes) => {
        const type = TYPES[extname(file)] ?? 'application/octet-stream'
        answer.writeHead(200, {
          'content-type': type,
          'content-security-policy': POLICY,
          'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        })
        answer.end(
          file === home
            ? bytes.toString().replace('name="csp-nonce" content=""', `name="csp-nonce" content="${NONCE}"`)
            : bytes,
        )
      },
      () => answer.writeHead(404).end(),
    )
  })
  // It keeps no process alive, nor do those who are connected to it.
  server.on('connection', (socket) => socket.unref())
  server.unref()
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}
