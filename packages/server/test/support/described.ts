import pg from 'pg'

/** A column of a statement's rows, as the database describes it without running the statement. */
export interface Described {
  name: string
  /** As the driver gives it to us, in the words of `Declared.type`. */
  type: string
  /** Whether it can be null; undefined: it is computed, and the plan does not tell. */
  nullable: boolean | undefined
}

interface Field {
  name: string
  dataTypeID: number
}

/** Parses and describes a text; runs nothing. */
class Description {
  readonly done = Promise.withResolvers<Field[]>()
  readonly #text: string
  #fields: Field[] = []
  constructor(text: string) {
    this.#text = text
  }

  submit(connection: { parse(query: object): void; describe(target: object): void; sync(): void }): void {
    connection.parse({ name: '', text: this.#text, types: [] })
    connection.describe({ type: 'S', name: '' })
    connection.sync()
  }
  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.#fields = fields
  }
  handleError(error: Error): void {
    this.done.reject(error)
  }
  handleReadyForQuery(): void {
    this.done.resolve(this.#fields)
  }
}

/** Describes a text with holes, filled as it stands around each. @throws what the database says of a text that it cannot parse. */
export async function describe(client: pg.Client, pieces: readonly string[]): Promise<Described[]> {
  let refused: unknown
  for (const text of filled(pieces))
    try {
      return await describeText(client, text)
    } catch (error) {
      refused ??= error
    }
  throw refused
}

/** Tables that have what most ask for stand for one whose name only the running program knows. */
const TABLES = ['stakeholder', 'deal', 'account', 'evidence', 'proof_status', 'calendar_feed', 'joint_item']
/** What may stand in a hole, by what stands before it. */
const BEFORE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:\b(?:from|into|update|join|table|analyze)\s+"?|null::")$/i, TABLES],
  [/\b(?:limit|order by)\s+$/i, ['1']],
  [/(?:\border by \S+|, \w+\.id)\s+$/i, ['asc']],
  [/=\s*$/, ['null', 'id']],
  [/\bselect\s+$/i, ['to_json(1)', 'id']],
  [/,\s*$/, ['null::text', 'true', '1', '']],
  [/\bfrom \($/i, ['select id, closed_on as key from deal']],
]
const OTHERWISE = ['true', '1', '', 'id', 'null']
const MOST_TEXTS = 500

/** Texts that a statement may be: what fills a hole is told by what stands before and after it. */
function* filled(pieces: readonly string[]): Generator<string> {
  let texts = [pieces[0]!]
  for (const after of pieces.slice(1)) {
    const before = texts[0]!
    const fills = /^\s*(?:=|is\b)/i.test(after)
      ? ['id', 'parent_id', 'true']
      : (BEFORE.find(([ending]) => ending.test(before))?.[1] ?? OTHERWISE)
    texts = fills.flatMap((fill) => texts.map((text) => text + fill + after)).slice(0, MOST_TEXTS)
  }
  yield* texts
}

/** A text of one command, or of several in a row, of which the last one's rows count. */
async function describeText(client: pg.Client, text: string): Promise<Described[]> {
  const [last, ...before] = text.includes('$$') ? [text] : text.split(/;\s+/).toReversed()
  for (const command of before) await fieldsOf(client, command)
  const fields = await fieldsOf(client, last!)
  if (fields.length === 0) return []
  const plan = await planOf(client, last!)
  const output = plan?.Output ?? []
  const sources = plan ? sourcesOf(plan) : new Map<string, Source>()
  const columns = await columnsOf(client, [...sources.values()])
  const conditions = plan ? conditionsOf(plan) : ''
  return fields.map(({ name, dataTypeID }, i) => ({
    name,
    type: TYPES.get(dataTypeID) ?? `type ${dataTypeID}`,
    nullable: output[i] === undefined ? undefined : canBeNull(output[i], sources, columns, conditions),
  }))
}

async function fieldsOf(client: pg.Client, text: string): Promise<Field[]> {
  const description = new Description(text)
  ;(client as unknown as { query(query: Description): void }).query(description)
  return description.done.promise
}

const { builtins } = pg.types
const SCALARS: readonly (readonly [string, readonly number[]])[] = [
  [
    'string',
    [builtins.TEXT, builtins.VARCHAR, builtins.BPCHAR, builtins.UUID, builtins.DATE, builtins.NUMERIC, 19, 705],
  ],
  ['number', [builtins.INT2, builtins.INT4, builtins.INT8, builtins.FLOAT4, builtins.FLOAT8, builtins.OID]],
  ['boolean', [builtins.BOOL]],
  ['Date', [builtins.TIMESTAMPTZ, builtins.TIMESTAMP]],
  ['bytes', [builtins.BYTEA]],
  ['json', [builtins.JSON, builtins.JSONB]],
  ['array of string', [1009, 2951, 1182, 1015, 1231, 1003]],
  ['array of number', [1005, 1007, 1016, 1021, 1022, 1028]],
  ['array of boolean', [1000]],
  ['array of Date', [1185]],
  ['array of json', [199, 3807]],
  ['nothing', [2278]],
]
/** What the driver makes of a type, by its number: see `store/pool.ts`. */
const TYPES = new Map(SCALARS.flatMap(([name, numbers]) => numbers.map((number) => [number, name])))

interface Plan {
  'Node Type': string
  'Parent Relationship'?: string
  'Join Type'?: string
  'Relation Name'?: string
  Schema?: string
  Alias?: string
  Filter?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  'Join Filter'?: string
  Output?: string[]
  Plans?: Plan[]
}

async function planOf(client: pg.Client, text: string): Promise<Plan | undefined> {
  const { rows } = await client
    .query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (generic_plan, verbose, format json) ${text}`)
    .catch(() => ({ rows: [] }))
  return rows[0]?.['QUERY PLAN'][0].Plan
}

interface Source {
  schema: string
  table: string
  /** It is on the side of an outer join that may be missing. */
  missing: boolean
}

/** The tables of a plan by the names that its expressions call them. */
function sourcesOf(plan: Plan, missing = false, found = new Map<string, Source>()): Map<string, Source> {
  const { Alias: alias, 'Relation Name': table, Schema: schema } = plan
  if (alias !== undefined && table !== undefined) found.set(alias, { schema: schema ?? 'public', table, missing })
  const join = plan['Join Type']
  for (const child of plan.Plans ?? []) {
    const inner = child['Parent Relationship'] === 'Inner'
    const may = join === 'Full' || (join === 'Left' && inner) || (join === 'Right' && !inner)
    sourcesOf(child, missing || may, found)
  }
  return found
}

/** What rows must fulfil, anywhere in the plan. */
function conditionsOf(plan: Plan): string {
  const own = [plan.Filter, plan['Index Cond'], plan['Recheck Cond'], plan['Join Filter']]
  return [...own, ...(plan.Plans ?? []).map(conditionsOf)].filter(Boolean).join('\n')
}

/** `schema.table.column` of columns that are never null. */
async function columnsOf(client: pg.Client, sources: readonly Source[]): Promise<ReadonlyMap<string, boolean>> {
  const { rows } = await client.query<{ name: string; needed: boolean }>(
    `select n.nspname || '.' || c.relname || '.' || a.attname as name, a.attnotnull as needed
     from pg_attribute a
     join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname, c.relname) in (select * from unnest($1::text[], $2::text[])) and a.attnum > 0`,
    [sources.map(({ schema }) => schema), sources.map(({ table }) => table)],
  )
  return new Map(rows.map(({ name, needed }) => [name, needed]))
}

/** Whether an expression of a plan can be null: a column by its table and joins, and a few forms that tell. */
function canBeNull(
  expression: string,
  sources: ReadonlyMap<string, Source>,
  columns: ReadonlyMap<string, boolean>,
  conditions: string,
): boolean | undefined {
  const text = bare(expression)
  const cast = /^(.*)::[\w "]+(?:\[\])?(?:\(\d+\))?$/s.exec(text)
  if (cast && isWhole(cast[1]!)) return canBeNull(cast[1]!, sources, columns, conditions)
  if (/^NULL$/.test(text)) return true
  if (
    /^(?:count\([^()]*\)(?: [<>=]+ \d+)?|ARRAY\(SubPlan \d+\)|EXISTS\(.*\)|true|false|-?\d[\d.]*|'(?:[^']|'')*'|.* IS (?:NOT )?(?:NULL|DISTINCT FROM.*))$/s.test(
      text,
    )
  )
    return false
  const coalesce = /^COALESCE\((.*)\)$/s.exec(text)
  if (coalesce && isWhole(coalesce[1]!)) {
    const parts = partsOf(coalesce[1]!).map((part) => canBeNull(part, sources, columns, conditions))
    return parts.includes(false) ? false : parts.every((part) => part === true) ? true : undefined
  }
  const whole = /^(?:row_to_json|to_jsonb?)\((\w+)\.\*\)$/.exec(text)
  if (whole) return sources.get(whole[1]!)?.missing
  // A plan of one table leaves its name out.
  const column = /^(?:"?([\w$]+)"?\.)?"?([\w$]+)"?$/.exec(text)
  if (!column || (column[1] === undefined && sources.size !== 1)) return undefined
  const source = column[1] === undefined ? [...sources.values()][0] : sources.get(column[1])
  const needed = source && columns.get(`${source.schema}.${source.table}.${column[2]!}`)
  if (needed === undefined) return undefined
  if (source!.missing) return true
  // What is asked of a column may keep the rows out in which it is null.
  return needed ? false : new RegExp(`\\b${column[2]!}\\b`).test(conditions) ? undefined : true
}

/** Brackets around all of it off. */
function bare(text: string): string {
  let inner = text.trim()
  while (inner.startsWith('(') && inner.endsWith(')') && isWhole(inner.slice(1, -1))) inner = inner.slice(1, -1)
  return inner
}

/** Every bracket that is closed was opened in it. */
function isWhole(text: string): boolean {
  let depth = 0
  for (const letter of text.replaceAll(/'(?:[^']|'')*'/g, '')) {
    if (letter === '(') depth++
    if (letter === ')' && --depth < 0) return false
  }
  return depth === 0
}

function partsOf(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const [letter] of text.matchAll(/'(?:[^']|'')*'|./gs)) {
    if (letter === '(') depth++
    if (letter === ')') depth--
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts
}
