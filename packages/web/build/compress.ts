import { readdir, readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

/** Below a packet's size there is nothing to win. */
const LEAST = 1400

/** Writes each text beside itself as small as it gets (`.br`, `.gz`): a sixth less than what a server makes of it while somebody waits. */
export function compress(): Plugin {
  return {
    name: 'sente-compress',
    apply: 'build',
    async writeBundle({ dir }) {
      const write = async (name: string): Promise<void> => {
        const text = await readFile(`${dir}/${name}`)
        if (text.length < LEAST) return
        const br = promisify(brotliCompress)(text, {
          params: {
            [constants.BROTLI_PARAM_QUALITY]: 11,
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
          },
        })
        const gz = promisify(gzip)(text, { level: 9 })
        await Promise.all([writeFile(`${dir}/${name}.br`, await br), writeFile(`${dir}/${name}.gz`, await gz)])
      }
      await Promise.all(
        (await readdir(dir!, { recursive: true })).filter((name) => /\.(js|css|json|svg)$/.test(name)).map(write),
      )
    },
  }
}
