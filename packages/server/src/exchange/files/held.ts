import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Up to here a source is kept in memory. */
const IN_MEMORY = 16 * 1024 * 1024

/** Where bytes are held: what a thread is given to read them as well. */
export type Place = { path: string } | { bytes: Uint8Array }

/** Bytes that can be read more than once: all of a list is looked at before its first row is written. */
export interface Held {
  read: () => AsyncIterable<Uint8Array>
  head: Uint8Array
  size: number
  place: () => Place
  /** Gives the memory or the file back. */
  drop: () => Promise<void>
}

/** Takes a stream in, in memory or, where it is large, in a file that only this process may read. */
export async function hold(bytes: AsyncIterable<Uint8Array>, most = IN_MEMORY): Promise<Held> {
  let chunks: Uint8Array[] = []
  let head: Uint8Array = new Uint8Array()
  let size = 0
  let folder: string | undefined
  let file: FileHandle | undefined
  const drop = async (): Promise<void> => {
    chunks = []
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
  try {
    for await (const chunk of bytes) {
      size += chunk.length
      if (head.length < 64 * 1024) head = Buffer.concat([head, chunk.subarray(0, 64 * 1024)])
      if (file) await file.write(chunk)
      else {
        chunks.push(chunk)
        if (size <= most) continue
        folder = await mkdtemp(join(tmpdir(), 'sente-import-'))
        file = await open(join(folder, 'source'), 'wx', 0o600)
        for (const kept of chunks) await file.write(kept)
        chunks = []
      }
    }
  } catch (error) {
    await file?.close()
    await drop()
    throw error
  }
  await file?.close()
  const path = folder === undefined ? undefined : join(folder, 'source')
  return {
    head,
    size,
    drop,
    // Views of larger buffers would take those along.
    place: () => (path === undefined ? { bytes: joined(chunks, size) } : { path }),
    read: () =>
      path === undefined
        ? (async function* () {
            yield* chunks
          })()
        : createReadStream(path, { highWaterMark: 256 * 1024 }),
  }
}

/** The same bytes, read by somebody who does not own them. */
export function heldAt(place: Place, { head, size }: Pick<Held, 'head' | 'size'>): Held {
  return {
    head,
    size,
    place: () => place,
    drop: async () => {},
    read: () =>
      'path' in place
        ? createReadStream(place.path, { highWaterMark: 256 * 1024 })
        : (async function* () {
            for (let at = 0; at < place.bytes.length; at += 256 * 1024) yield place.bytes.subarray(at, at + 256 * 1024)
          })(),
  }
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}
