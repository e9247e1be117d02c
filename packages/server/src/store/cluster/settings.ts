import { totalmem } from 'node:os'

/** Settings of the server by name. */
export type Settings = Readonly<Record<string, string>>

/**
 * For a small machine that also runs the application, and durable: what was acknowledged survives a power cut. `durable: false` is
 * for tests only, whose data nobody misses.
 */
export function settings(durable: boolean): Settings {
  const megabytes = totalmem() / 2 ** 20
  const within = (least: number, value: number, most: number): string =>
    `${Math.round(Math.min(most, Math.max(least, value)))}MB`
  return {
    max_connections: '100',
    shared_buffers: within(128, megabytes / 16, 256),
    effective_cache_size: within(256, megabytes / 2, 65_536),
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    // Compiling a query costs 50–200 ms and pays only in queries of seconds, which a page has not.
    jit: 'off',
    random_page_cost: '1.1',
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    wal_compression: 'on',
    // Nothing is replicated from here; backups are logical.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '1GB',
    // A query whose asker was killed ends, so that the asker's locks end too.
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    datestyle: 'ISO, YMD',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] %q%a ',
    // A failed query's text may hold what a customer said; the log keeps the error only.
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
  }
}
