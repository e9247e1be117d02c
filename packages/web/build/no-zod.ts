/**
 * Stands in for zod in the browser, where nothing is checked against a schema: the method was checked when the application was built, the
 * server checks what it is sent, and of a route's contract only method and path are read. It saves a tenth of the first load. Building a
 * schema gives nothing; using one is a fault of ours and says so.
 */
const USES = new Set([
  'parse',
  'safeParse',
  'parseAsync',
  'safeParseAsync',
  'encode',
  'decode',
  'safeEncode',
  'safeDecode',
  'toJSONSchema',
  '_zod',
  '~standard',
])

const nothing: unknown = new Proxy(() => nothing, {
  get(_, name) {
    if (typeof name === 'string' && USES.has(name))
      throw new Error(`${name}: schemas are not part of the application in the browser`)
    return typeof name === 'symbol' || name === 'then' ? undefined : nothing
  },
  apply: () => nothing,
})

export const z = nothing
