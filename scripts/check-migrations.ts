// Two changes that were made side by side must not take the same number: such a server does not start.
import { readMigrations } from '../packages/server/src/store/migrate.ts'

try {
  console.log(`${(await readMigrations()).length} migrations, numbered without gaps`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
