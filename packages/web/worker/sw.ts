/**
 * Keeps the built application on the device, so that it opens and reloads without a connection. It knows files only: answers of the API are
 * never kept here (docs/decisions/0015-offline.md).
 */
declare const self: ServiceWorkerGlobalScope

export interface Shell {
  /** Another content, another version. */
  version: string
  /** The script the page of this version begins with. */
  entry: string
  /** Addresses of everything the application needs to open. */
  files: string[]
  /** Addresses of what is kept once it was used: Chinese letters, the reader's model. */
  used: string[]
}
/** Put in by the build (build/worker.ts). */
declare const SHELL: Shell

const shell = SHELL
const PREFIX = 'sente-shell-'
const CACHE = PREFIX + shell.version
const USED = 'sente-used'
const PAGE = '/'
const files = new Set(shell.files)
const used = new Set(shell.used)
/** Names below it carry a hash of their content: what one version calls so, every version may use. */
const isHashed = (path: string): boolean => path.startsWith('/assets/')

/**
 * All or nothing. The page is kept with its headers, so that the nonce in it is the one its policy names; it must be of this very version,
 * or reloading without a connection would ask for scripts that are not here.
 */
async function install(): Promise<void> {
  const cache = await caches.open(CACHE)
  const start = await fetch(PAGE, { cache: 'no-store', headers: { accept: 'text/html' } })
  if (!start.ok || start.redirected || !(await start.clone().text()).includes(shell.entry))
    throw new Error('the server has no page of this version')
  const put = async (path: string): Promise<void> => {
    const answer =
      (isHashed(path) ? await caches.match(path, { ignoreVary: true }) : undefined) ??
      (await fetch(path, { cache: isHashed(path) ? 'default' : 'no-cache' }))
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    await cache.put(path, answer)
  }
  await Promise.all([...shell.files.map(put), cache.put(PAGE, start)])
  // Pages of the version before go on with its files, which stay; the next page opened is of this one.
  await self.skipWaiting()
}

/** The files of this version and the one before stay: a page of the latter may be open and still fetch a part of itself. */
async function activate(): Promise<void> {
  const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(before.slice(0, -1).map((name) => caches.delete(name)))
  const cache = await caches.open(USED)
  for (const request of await cache.keys()) if (!used.has(new URL(request.url).pathname)) await cache.delete(request)
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}

/** Longer than this nobody waits for a page that is here already. */
const PATIENCE_MS = 5000
/** A proxy says so when the server behind it is away. */
const AWAY = new Set([502, 503, 504])

/** The server's page where there is one: it has the newest version. Otherwise ours. */
async function page(event: FetchEvent): Promise<Response> {
  const asked = (async () => ((await event.preloadResponse) as Response | undefined) ?? fetch(event.request))()
  const kept = await (await caches.open(CACHE)).match(PAGE, { ignoreVary: true })
  if (!kept) return asked
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS))
  const answer = await Promise.race([asked.catch(() => undefined), late])
  return answer && !AWAY.has(answer.status) ? answer : kept
}

async function file(event: FetchEvent, path: string): Promise<Response> {
  const known =
    (await (await caches.open(CACHE)).match(path, { ignoreVary: true })) ??
    (await caches.match(path, { ignoreVary: true }))
  if (known) return known
  const answer = await fetch(event.request)
  if (answer.ok && used.has(path)) {
    const copy = answer.clone()
    // A device without room goes on without.
    event.waitUntil(
      caches
        .open(USED)
        .then((cache) => cache.put(path, copy))
        .catch(() => {}),
    )
  }
  return answer
}

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || /^\/(?:api|joint|oauth)\//.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(event))
  else if (files.has(pathname) || isHashed(pathname)) event.respondWith(file(event, pathname))
})
