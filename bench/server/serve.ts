import { buildApp } from '../../packages/server/src/http/app.ts'
import { openDatabase } from '../../packages/server/src/store/connect.ts'

// The application in a process of its own, without jobs, so that nothing else runs, and without the limits that keep one caller from asking this much.
const database = await openDatabase()
const app = await buildApp({
  db: database,
  log: false,
  settings: { limits: { member: 1e9, address: 1e9, auth: 1e9, secret: 1e6 } },
})
await app.listen({ host: '127.0.0.1', port: 0 })
const bound = app.server.address()
console.log(typeof bound === 'object' && bound !== null ? `http://127.0.0.1:${bound.port}` : '')
process.once('SIGTERM', () => void app.close().then(() => database.close()))
