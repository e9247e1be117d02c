import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { openApi } from './openapi.ts'

/** The reader of the API's document needs pictures as data; otherwise it is as strict as our own pages. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** `/api/v1/openapi.json`, and `/api/docs` to read and try it. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  // Made when somebody asks: it takes longer than all the rest of the start.
  let text: string | undefined
  const document = (): string => (text ??= JSON.stringify(openApi()))
  app.get('/api/v1/openapi.json', (_request, reply) =>
    reply
      .headers({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=300' })
      .send(document()),
  )
  await app.register(swagger, {
    mode: 'static',
    specification: { document: { openapi: '3.1.0', info: { title: 'Sente', version: '1.0' }, paths: {} } },
  })
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: POLICY,
    theme: { title: 'Sente API' },
    uiConfig: { layout: 'BaseLayout', docExpansion: 'none', persistAuthorization: false, tryItOutEnabled: true },
    transformSpecification: () => JSON.parse(document()) as Record<string, unknown>,
    transformSpecificationClone: false,
  })
}
