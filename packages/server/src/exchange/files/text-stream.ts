import { zerosAt } from './decode.ts'
import { ImportProblem } from './problem.ts'

/** Bytes looked at before the encoding is decided. */
const HEAD = 64 * 1024
// eslint-disable-next-line no-control-regex -- it is control characters that we look for
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/

/**
 * The text of a stream of bytes, piece by piece, whatever program wrote it: UTF-8, UTF-16, or GB18030 as Chinese Windows programs save
 * it. Unlike `decode` it never holds the whole; a file that is plain ASCII for long is decided when its first other character comes.
 */
export async function* textOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let head: Uint8Array[] | undefined = []
  let size = 0
  let decoder: Decoder | undefined
  let first = true
  const out = (text: string): string => {
    if (BINARY.test(text)) throw notText()
    if (first && text.startsWith('\ufeff')) text = text.slice(1)
    if (text !== '') first = false
    return text
  }
  for await (const chunk of inPieces(chunks)) {
    if (head) {
      head.push(chunk)
      size += chunk.length
      if (size < HEAD) continue
      const bytes = Buffer.concat(head)
      head = undefined
      decoder = new Decoder(bytes)
      yield out(decoder.next(bytes))
    } else {
      yield out(decoder!.next(chunk))
    }
  }
  if (head) {
    const bytes = Buffer.concat(head)
    decoder = new Decoder(bytes)
    yield out(decoder.next(bytes))
  }
  yield out(decoder!.end())
}

/** Text of more than 128 kB gets memory from the system and gives it back each time: measured at a quarter of the time in small pieces. */
const PIECE = 16 * 1024
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += PIECE) yield chunk.subarray(at, at + PIECE)
}

class Decoder {
  #encoding: string
  #decoder: InstanceType<typeof TextDecoder>
  #ascii = true
  constructor(head: Uint8Array) {
    this.#encoding = encodingOf(head)
    this.#decoder = new TextDecoder(this.#encoding, { fatal: true, ignoreBOM: true })
  }

  next(chunk: Uint8Array): string {
    try {
      const text = this.#decoder.decode(chunk, { stream: true })
      // Every other character takes more bytes than it gives letters.
      if (text.length < chunk.length) this.#ascii = false
      return text
    } catch {
      // Nothing but ASCII came before: it was never settled that this is UTF-8.
      if (this.#encoding !== 'utf-8' || !this.#ascii) throw notText()
      this.#encoding = 'gb18030'
      this.#decoder = new TextDecoder('gb18030', { fatal: true })
      this.#ascii = false
      return this.next(chunk)
    }
  }

  end(): string {
    try {
      return this.#decoder.decode()
    } catch {
      throw notText()
    }
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const wide = zerosAt(head)
  if (wide) return wide
  try {
    // The head may end within a character.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'gb18030'
  }
}

const notText = (): ImportProblem =>
  new ImportProblem({
    en: 'This is no text in UTF-8, UTF-16 or GB18030 (or it changes its encoding half way). Export it again as CSV in UTF-8.',
    zh: '文件不是 UTF-8、UTF-16 或 GB18030 文本（或中途变了编码）。请重新导出为 UTF-8 的 CSV。',
  })
