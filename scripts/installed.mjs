// Whether the libraries in node_modules are those of the lockfile, however they came there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What of `packages` in package-lock.json is not installed as it says, by npm's own record of the folder (`node_modules/.package-lock.json`).
 * Optional packages may be missing: they are those of other platforms. What is there and not in the lockfile harms nothing.
 * @param {Record<string, { version?: string, integrity?: string, optional?: boolean }>} wanted
 * @param {Record<string, { version?: string, integrity?: string }>} there
 * @returns {string[]} paths such as `node_modules/zod`
 */
export function missingFrom(wanted, there) {
  return Object.entries(wanted).flatMap(([path, { version, integrity, optional }]) => {
    if (path === '') return []
    const found = there[path]
    if (!found) return optional ? [] : [path]
    return found.version === version && found.integrity === integrity ? [] : [path]
  })
}

/**
 * `none`: there is no node_modules that npm made; `other`: something in it is missing or of another version; `whole`: it is what the lockfile says.
 * @param {string} root
 * @returns {'none' | 'other' | 'whole'}
 */
export function installed(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return 'none'
  try {
    const [wanted, there] = [join(root, 'package-lock.json'), record].map(
      (file) => JSON.parse(readFileSync(file, 'utf8')).packages,
    )
    return missingFrom(wanted, there).length === 0 ? 'whole' : 'other'
  } catch {
    return 'other'
  }
}
