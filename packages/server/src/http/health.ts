import type { FastifyInstance } from 'fastify'
import { pendingMigrations } from '../store/migrate.ts'
import type { Database } from '../store/connect.ts'
import { Fault } from '../core/fault.ts'

const PATIENCE_MS = 2_000

/** `/healthz`: the process answers. `/readyz`: it can work; a balancer sends nobody here while it cannot. */
export function answerHealth(app: FastifyInstance, db: Database, stopping: AbortSignal): void {
  // What was migrated once stays so while this process lives: it is asked until it is.
  let migrated = false
  app.route({
    method: ['GET', 'HEAD'],
    url: '/healthz',
    handler: (_request, reply) => reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/readyz',
    async handler(_request, reply) {
      if (stopping.aborted)
        throw new Fault('not-ready', { detail: { en: 'The server is stopping.', zh: '服务正在停止。' } })
      try {
        await withinTime(db.app.query('select 1'))
        if (!migrated) {
          const pending = await withinTime(pendingMigrations(db.owner))
          if (pending.length > 0)
            throw new Fault('not-ready', {
              detail: {
                en: `Migrations are waiting: ${pending.join(', ')}. Run \`sente migrate\`.`,
                zh: `有待执行的迁移：${pending.join('、')}。请运行 \`sente migrate\`。`,
              },
            })
          migrated = true
        }
      } catch (error) {
        throw error instanceof Fault
          ? error
          : new Fault('not-ready', {
              detail: { en: 'The database does not answer.', zh: '数据库没有响应。' },
              cause: error,
            })
      }
      return reply.header('cache-control', 'no-store').send({ status: 'ready' })
    },
  })
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS)
  })
  work.catch(() => {})
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
