import { describe, expect, test } from 'vitest'
import { fileURLToPath } from 'node:url'
import { installed, missingFrom } from './installed.mjs'

const lock = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' },
  'node_modules/fast': { version: '1.0.0', integrity: 'sha512-b' },
  'node_modules/for-windows': { version: '1.0.0', integrity: 'sha512-c', optional: true },
}
const { '': _root, 'node_modules/for-windows': _other, ...here } = lock

describe('libraries are installed anew', () => {
  test('not when they are those of the lockfile, though packages of other platforms are missing and more is there', () => {
    expect(missingFrom(lock, { ...here, 'node_modules/by-hand': { version: '2.0.0' } })).toEqual([])
  })

  test('when one is missing, of another version, or of other bytes', () => {
    const { 'node_modules/zod': zod, ...rest } = here
    expect(missingFrom(lock, rest)).toEqual(['node_modules/zod'])
    expect(missingFrom(lock, { ...rest, 'node_modules/zod': { ...zod, version: '4.0.1' } })).toEqual([
      'node_modules/zod',
    ])
    expect(missingFrom(lock, { ...rest, 'node_modules/zod': { ...zod, integrity: 'x' } })).toEqual(['node_modules/zod'])
  })

  test('and those that these tests run on are whole', () => {
    expect(installed(fileURLToPath(new URL('..', import.meta.url)))).toBe('whole')
  })
})
