import { open, rm } from 'node:fs/promises'
import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that are read again at a time: small enough for a slow line to take some every few seconds. */
const PIECE = 16 * 1024
/** Characters that are written together. */
const LOT = 64 * 1024

/**
 * Hands a text on that is made as fast as it can be, however slowly it is read: what is not read yet waits in a file that only this process sees. `made`
 * is told once when nothing more is made, be it that all is there, that it failed or that the reader has gone.
 */
export async function* spooled(items: AsyncIterable<string>, made: () => void): AsyncGenerator<Uint8Array> {
  const path = join(tmpdir(), `sente-export-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  // A file without a name is gone with the process, however that ends. Where it must have one it is taken away at the end.
  const nameless = process.platform !== 'win32'
  if (nameless) await rm(path)
  const state = { size: 0, done: false, left: false, error: undefined as unknown, wake: (): void => {} }
  const write = async (lot: string): Promise<void> => {
    const bytes = Buffer.from(lot)
    for (let at = 0; at < bytes.length;)
      at += (await file.write(bytes, at, bytes.length - at, state.size + at)).bytesWritten
    state.size += bytes.length
    state.wake()
  }
  const writing = (async (): Promise<void> => {
    try {
      let lot = ''
      for await (const item of items) {
        if (state.left) return
        lot += item
        if (lot.length < LOT) continue
        await write(lot)
        lot = ''
      }
      await write(lot)
    } catch (error) {
      state.error = error
    } finally {
      state.done = true
      made()
      state.wake()
    }
  })()
  try {
    for (let at = 0; ;) {
      if (at < state.size) {
        const { bytesRead, buffer } = await file.read(Buffer.alloc(PIECE), 0, PIECE, at)
        at += bytesRead
        yield buffer.subarray(0, bytesRead)
      } else if (state.error !== undefined) throw state.error
      else if (state.done) return
      else await new Promise<void>((wake) => (state.wake = wake))
    }
  } finally {
    state.left = true
    await writing
    await file.close()
    if (!nameless) await rm(path, { force: true })
  }
}
