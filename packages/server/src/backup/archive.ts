import type { Text } from '@sente/engine'
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { z } from 'zod'
import { BackupProblem, damaged, incomplete } from './problem.ts'
import { BLOCK, END, padding, readHeader, tarHeader } from './tar.ts'

const [pack, unpack] = [promisify(gzip), promisify(gunzip)]
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Counts the form of the archive itself; the form of the data is told by the migrations. */
const FORMAT = 1
const Part = z.strictObject({
  name: z.string(),
  table: z.string(),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string().length(64),
})
export const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  product: z.literal('sente'),
  takenAt: z.iso.datetime({ offset: true }),
  /** Every migration the database had had, in order: the form of the data. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  rows: z.record(z.string(), z.int()),
  parts: z.array(Part),
})
export type Manifest = z.infer<typeof Manifest>

const MANIFEST = 'manifest.json'
const SEAL = 'manifest.sha256'
const MAX_PART = 512 * 1024 * 1024

/** Writes an archive piece by piece; nothing but one part is ever in memory. */
export class ArchiveWriter {
  readonly #write: (bytes: Uint8Array) => Promise<void>
  readonly #parts: Manifest['parts'] = []
  constructor(write: (bytes: Uint8Array) => Promise<void>) {
    this.#write = write
  }

  async #entry(name: string, content: Uint8Array): Promise<void> {
    await this.#write(tarHeader(name, content.length))
    await this.#write(content)
    await this.#write(new Uint8Array(padding(content.length)))
  }

  /** Some rows of a table, one JSON object on each line. */
  async part(table: string, lines: string, rows: number): Promise<void> {
    const content = await pack(Buffer.from(lines))
    const name = `${table}/${String(this.#parts.filter((part) => part.table === table).length + 1).padStart(5, '0')}.ndjson.gz`
    await this.#entry(name, content)
    this.#parts.push({ name, table, rows, bytes: content.length, sha256: sha256(content) })
  }

  /** The manifest stands last, because only then everything is known; its own checksum seals it. */
  async end(about: Pick<Manifest, 'takenAt' | 'migrations' | 'rows'>): Promise<Manifest> {
    const manifest: Manifest = { format: FORMAT, product: 'sente', ...about, parts: this.#parts }
    const text = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)
    await this.#entry(MANIFEST, text)
    await this.#entry(SEAL, Buffer.from(`${sha256(text)}\n`))
    await this.#write(END)
    return manifest
  }
}

/** An archive that was found whole: every byte of it has been looked at. */
export interface Archive {
  manifest: Manifest
  /** Content of a part, checked again while it is read: the file may change under us. */
  lines(part: Manifest['parts'][number]): Promise<string>
  close(): Promise<void>
}

interface Entry {
  name: string
  at: number
  size: number
}

/** Opens an archive and checks all of it. Throws a `BackupProblem` that says what is wrong with it. */
export async function openArchive(file: string): Promise<Archive> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new BackupProblem('unreadable', readProblem(file, error), error)
  })
  try {
    if ((await handle.stat()).isDirectory())
      throw new BackupProblem('unreadable', {
        en: `${file}: is a folder; name the backup in it.`,
        zh: `${file}：这是文件夹，请指定其中的备份文件。`,
      })
    const { entries, digests } = await scan(file, handle)
    const manifest = await readManifest(file, handle, entries)
    checkParts(file, manifest, entries, digests)
    const places = new Map(entries.map((entry) => [entry.name, entry]))
    return {
      manifest,
      lines: async (part) => {
        const content = await read(file, handle, places.get(part.name)!)
        if (sha256(content) !== part.sha256)
          throw damaged(file, `${part.name} has changed while it was read`, `${part.name} 在读取过程中被改动`)
        return (await unpack(content)).toString('utf8')
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    throw error
  }
}

function readProblem(file: string, { code, message }: NodeJS.ErrnoException): Text {
  if (code === 'ENOENT' || code === 'ENOTDIR') return { en: `${file}: no such file.`, zh: `${file}：没有这个文件。` }
  if (code === 'EACCES' || code === 'EPERM')
    return {
      en: `${file}: may not be read. Change who may read it, or run this as its owner.`,
      zh: `${file}：无权读取。请修改它的权限，或以它的所有者运行。`,
    }
  return { en: `${file}: cannot be read (${message}).`, zh: `${file}：无法读取（${message}）。` }
}

async function read(file: string, handle: FileHandle, { at, size }: Entry): Promise<Buffer> {
  const content = Buffer.alloc(size)
  for (let done = 0; done < size;) {
    const { bytesRead } = await handle.read(content, done, size - done, at + done)
    if (bytesRead === 0) throw incomplete(file)
    done += bytesRead
  }
  return content
}

/** Goes over every byte: headers are exactly as we write them, the space between is zero, and the end is the end. */
async function scan(file: string, handle: FileHandle): Promise<{ entries: Entry[]; digests: Map<string, string> }> {
  const entries: Entry[] = []
  const digests = new Map<string, string>()
  const { size: total } = await handle.stat()
  if (total === 0) throw incomplete(file)
  const zeros = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)
  for (let at = 0; ;) {
    if (at + BLOCK > total) throw entries.length === 0 ? notOurs(file) : incomplete(file)
    const block = await read(file, handle, { name: '', at, size: BLOCK })
    if (zeros(block)) {
      if (at + END.length > total) throw incomplete(file)
      if (at + END.length < total) throw damaged(file, 'something follows its end', '结尾之后还有内容')
      if (!zeros(await read(file, handle, { name: '', at, size: END.length })))
        throw damaged(file, 'its end is not as it was written', '结尾与写入时不一致')
      return { entries, digests }
    }
    const header = readHeader(block)
    if (!header)
      throw entries.length === 0 && !block.subarray(257, 262).equals(Buffer.from('ustar'))
        ? notOurs(file)
        : damaged(file, `the place ${at} is not as it was written`, `位置 ${at} 处与写入时不一致`)
    const { name, size } = header
    const next = at + BLOCK + size + padding(size)
    if (next > total) throw incomplete(file)
    if (size > MAX_PART || digests.has(name))
      throw damaged(file, `${name} is too large or there twice`, `${name} 过大或重复`)
    const entry = { name, at: at + BLOCK, size }
    digests.set(name, sha256(await read(file, handle, entry)))
    if (!zeros(await read(file, handle, { name, at: at + BLOCK + size, size: padding(size) })))
      throw damaged(file, `the space after ${name} is not as it was written`, `${name} 之后的空白与写入时不一致`)
    entries.push(entry)
    at = next
  }
}

async function readManifest(file: string, handle: FileHandle, entries: readonly Entry[]): Promise<Manifest> {
  const [manifest, seal] = entries.slice(-2)
  if (manifest?.name !== MANIFEST || seal?.name !== SEAL)
    throw entries.some(({ name }) => name.endsWith('.ndjson.gz'))
      ? damaged(file, 'it has no manifest at its end', '结尾没有清单')
      : notOurs(file)
  const text = await read(file, handle, manifest)
  if (`${sha256(text)}\n` !== (await read(file, handle, seal)).toString('latin1'))
    throw damaged(file, 'its manifest does not fit its checksum', '清单与校验和不符')
  const raw: unknown = JSON.parse(text.toString('utf8'))
  const format = (raw as { format?: unknown }).format
  if (typeof format === 'number' && format > FORMAT) {
    throw new BackupProblem('newer-archive', {
      en: `${file} was written by a newer Sente (form ${format}, this one reads ${FORMAT}). Restore it with that version.`,
      zh: `${file} 由更新版本的 Sente 写成（格式 ${format}，此版本读 ${FORMAT}）。请用那个版本恢复。`,
    })
  }
  const parsed = Manifest.safeParse(raw)
  if (!parsed.success) throw damaged(file, 'its manifest has another form', '清单格式不对')
  return parsed.data
}

function checkParts(
  file: string,
  manifest: Manifest,
  entries: readonly Entry[],
  digests: ReadonlyMap<string, string>,
): void {
  const listed = manifest.parts.map(({ name }) => name)
  const found = entries.slice(0, -2).map(({ name }) => name)
  if (listed.join('\n') !== found.join('\n'))
    throw damaged(file, 'its parts are not those of its manifest', '内容与清单不一致')
  for (const part of manifest.parts) {
    if (digests.get(part.name) !== part.sha256)
      throw damaged(file, `${part.name} does not fit its checksum`, `${part.name} 与校验和不符`)
  }
  const counts: Record<string, number> = {}
  for (const { table, rows } of manifest.parts) counts[table] = (counts[table] ?? 0) + rows
  for (const [table, rows] of Object.entries(manifest.rows)) {
    if ((counts[table] ?? 0) !== rows) throw damaged(file, `rows of ${table} are missing`, `${table} 缺少数据行`)
  }
}

const notOurs = (file: string): BackupProblem =>
  new BackupProblem('not-an-archive', {
    en: `${file} is no backup of Sente. \`sente backup FILE\` writes one.`,
    zh: `${file} 不是 Sente 的备份。备份由 \`sente backup 文件\` 写出。`,
  })
