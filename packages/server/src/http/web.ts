import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Fault } from '../core/fault.ts'
import { newNonce, pagePolicy, SCRIPT_POLICY } from './headers.ts'

/** Names of files below it carry a hash of their content: another content has another name. */
const HASHED = 'assets/'
const YEAR = 'public, max-age=31536000, immutable'

/** What the page is told where it works on deal files, and not on a workspace: which, and in what language it begins. */
export interface OnFiles {
  place: string
  lang: string | undefined
}

const tellsOfFiles = (page: string, { place, lang }: OnFiles): string => {
  const text = place.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
  const said = `<meta name="sente-files" content="${text}"${lang === undefined ? '' : ` data-lang="${lang}"`}`
  return page.replace('<meta name="sente-files" content=""', () => said)
}

/**
 * The built web application: its files, and its page for every other address, since the application itself knows what they mean. What there
 * is to serve is listed at the start; no path of a request ever reaches the file system.
 */
export async function serveWeb(app: FastifyInstance, folder: string, onFiles?: OnFiles): Promise<void> {
  const files = new Set(
    (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')),
  )
  const built = await readFile(join(folder, 'index.html'), 'utf8')
  const page = onFiles ? tellsOfFiles(built, onFiles) : built
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/*',
    handler(request, reply) {
      const name = (request.params as { '*': string })['*']
      if (files.has(name) && name !== 'index.html' && !/\.(map|br|gz)$/.test(name)) {
        void reply.header('cache-control', name.startsWith(HASHED) ? YEAR : 'no-cache')
        if (name.endsWith('.js')) void reply.header('content-security-policy', SCRIPT_POLICY)
        return reply.sendFile(name)
      }
      // A program that asks for what is not there must not get a page and call it an answer.
      const wantsPage =
        (request.headers.accept ?? 'text/html').includes('text/html') || request.headers.accept === '*/*'
      if (name.startsWith('api/') || /\.\w{1,8}$/.test(name) || !wantsPage) throw new Fault('no-such-route')
      const nonce = newNonce()
      return reply
        .headers({
          'content-security-policy': pagePolicy(nonce),
          'cache-control': 'no-cache',
          'content-type': 'text/html; charset=utf-8',
        })
        .send(page.replace(/(<meta name="csp-nonce" content=)""/, `$1"${nonce}"`))
    },
  })
}
