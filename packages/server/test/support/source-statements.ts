import { relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { API } from 'typescript/unstable/sync'
import type { Checker, Project, Type } from 'typescript/unstable/sync'
import type { Expression, Node, SourceFile } from 'typescript/unstable/ast'
import {
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
} from 'typescript/unstable/ast/is'
import { ROOT } from '../run.ts'

/** A statement as the source sends it: its text, with holes where only the running program knows what stands there. */
export interface SourceStatement {
  /** `store/history.ts:41` */
  where: string
  /** Pieces around the holes: one more than there are holes. */
  pieces: string[]
  /** The row that the source declares for it; none: its rows are not used. */
  declared?: Declared[] | undefined
}

/** A column as its row type declares it. */
export interface Declared {
  name: string
  /** What it may be besides null: `any` where the type says nothing. `array` of what follows. */
  type: string
  nullable: boolean
  optional: boolean
}

const SOURCE = 'packages/server/src/'
/** Names under which a statement is sent: of a transaction, a pool, a connection. */
const SENDERS = new Set(['rows', 'query'])

/** Stands for what cannot be known without running the program. */
const HOLE = Symbol('hole')
type Value = unknown

/** All statements of the server's source, a text for each word that a parameter of few words may be. */
export async function sourceStatements(): Promise<SourceStatement[]> {
  const api = new API({ cwd: ROOT })
  try {
    const [project] = api.updateSnapshot({ openProjects: [`${ROOT}/tsconfig.json`] }).getProjects()
    const reader = new Reader(project!)
    const found: SourceStatement[] = []
    for (const name of project!.program.getSourceFileNames()) {
      const path = relative(ROOT, name).split(sep).join('/')
      if (path.startsWith(SOURCE)) found.push(...(await reader.statementsIn(name, path.slice(SOURCE.length))))
    }
    return found
  } finally {
    api.close()
  }
}

class Reader {
  readonly #project: Project
  readonly #checker: Checker
  constructor(project: Project) {
    this.#project = project
    this.#checker = project.checker
  }

  async statementsIn(name: string, path: string): Promise<SourceStatement[]> {
    const file = this.#project.program.getSourceFile(name)!
    const calls: { text: Expression; row: Node | undefined; start: number }[] = []
    const walk = (node: Node): void => {
      if (
        isCallExpression(node) &&
        isPropertyAccessExpression(node.expression) &&
        SENDERS.has(node.expression.name.text) &&
        node.arguments[0]
      )
        calls.push({ text: node.arguments[0], row: node.typeArguments?.[0], start: node.getStart() })
      node.forEachChild(walk)
    }
    walk(file)
    const found: SourceStatement[] = []
    for (const { text, row, start } of calls) {
      const where = `${path}:${file.text.slice(0, start).split('\n').length}`
      const declared = row && this.#declared(this.#checker.getTypeFromTypeNode(row as never)!)
      for (const words of this.#wordsIn(text)) {
        const pieces = await this.#pieces(text, words)
        if (pieces) found.push({ where, pieces, declared })
      }
    }
    return found
  }

  #declared(type: Type): Declared[] | undefined {
    if (this.#checker.getIndexInfosOfType(type).length > 0) return undefined
    return this.#checker.getPropertiesOfType(type).map((property) => {
      const whole = this.#checker.getTypeOfSymbol(property)!
      const parts = whole.isUnionType() ? whole.getTypes()! : [whole]
      const names = parts.map((part) => this.#checker.typeToString(part))
      return {
        name: property.name,
        type: this.#nameOf(whole),
        nullable: names.includes('null') || ['any', 'unknown'].includes(names[0]!),
        optional: names.includes('undefined'),
      }
    })
  }

  #nameOf(type: Type): string {
    const { any, string, number, boolean } = {
      any: this.#checker.getAnyType(),
      string: this.#checker.getStringType(),
      number: this.#checker.getNumberType(),
      boolean: this.#checker.getBooleanType(),
    }
    const is = (part: Type, whole: Type): boolean => this.#checker.isTypeAssignableTo(part, whole)
    const bare = this.#checker.getNonNullableType(type)!
    const text = this.#checker.typeToString(bare)
    if (text === 'any' || text === 'unknown' || bare === any) return 'any'
    if (text === 'never') return 'null'
    if (is(bare, string)) return 'string'
    if (is(bare, number)) return 'number'
    if (is(bare, boolean)) return 'boolean'
    if (text === 'Date') return 'Date'
    if (/^(Buffer|Uint8Array)\b/.test(text)) return 'bytes'
    if (this.#checker.isArrayLikeType(bare) && bare.isTypeReference() && !bare.isTupleType())
      return `array of ${this.#nameOf(this.#checker.getTypeArguments(bare)[0]!)}`
    return 'object'
  }

  /** The texts that a statement has, by the words of each parameter in it that is one of a few. */
  #wordsIn(text: Expression): Map<string, string>[] {
    const parameters = new Map<string, string[]>()
    const walk = (node: Node): void => {
      if (isIdentifier(node)) {
        const type = this.#checker.getTypeAtLocation(node)
        const parts = type?.isUnionType() ? type.getTypes()! : []
        if (parts.length > 1 && parts.every((part) => part.isStringLiteralType()))
          parameters.set(
            node.text,
            parts.map((part) => String((part as unknown as { value: string }).value)),
          )
      }
      node.forEachChild(walk)
    }
    walk(text)
    let all = [new Map<string, string>()]
    for (const [name, words] of parameters)
      all = all.flatMap((known) => words.map((word) => new Map([...known, [name, word]])))
    return all
  }

  async #pieces(text: Expression, words: ReadonlyMap<string, string>): Promise<string[] | undefined> {
    const value = await this.#value(text, words)
    const whole =
      typeof value === 'object' && value !== null && 'text' in value ? (value as { text: Value }).text : value
    if (Array.isArray(whole)) return this.#flat(whole)
    return typeof whole === 'string' ? [whole] : undefined
  }

  /** Text and holes in turn as pieces around the holes. */
  #flat(parts: readonly Value[]): string[] {
    const pieces = ['']
    for (const part of parts.flat(9))
      if (part === HOLE) pieces.push('')
      else pieces[pieces.length - 1] += String(part)
    return pieces
  }

  /** What an expression is: a text with holes is an array of texts and holes. */
  async #value(node: Expression, words: ReadonlyMap<string, string>): Promise<Value> {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text
    if (isNumericLiteral(node)) return Number(node.text)
    if (isParenthesizedExpression(node) || isAsExpression(node)) return this.#value(node.expression, words)
    if (isConditionalExpression(node)) return this.#value(node.whenTrue, words)
    if (isIdentifier(node)) return words.get(node.text) ?? (await this.#named(node))
    if (isPropertyAccessExpression(node)) return at(await this.#value(node.expression, words), node.name.text)
    if (isElementAccessExpression(node))
      return at(
        await this.#value(node.expression, words),
        await this.#value(node.argumentExpression as Expression, words),
      )
    return this.#composed(node, words)
  }

  async #composed(node: Expression, words: ReadonlyMap<string, string>): Promise<Value> {
    if (isTemplateExpression(node)) {
      const parts: Value[] = [node.head.text]
      for (const span of node.templateSpans) parts.push(await this.#value(span.expression, words), span.literal.text)
      return joined(parts)
    }
    if (isBinaryExpression(node)) {
      const [left, right] = [await this.#value(node.left, words), await this.#value(node.right, words)]
      const sign = node.operatorToken.getText()
      if (sign === '*' && typeof left === 'number' && typeof right === 'number') return left * right
      if (sign !== '+' || left === HOLE || right === HOLE) return HOLE
      return typeof left === 'number' && typeof right === 'number' ? left + right : joined([left, right])
    }
    if (isObjectLiteralExpression(node)) {
      const made: Record<string, Value> = {}
      for (const property of node.properties)
        if (isPropertyAssignment(property) && isIdentifier(property.name))
          made[property.name.text] = await this.#value(property.initializer, words)
      return made
    }
    if (!isCallExpression(node)) return HOLE
    const called = await this.#value(node.expression, words)
    if (typeof called !== 'function') return HOLE
    const given: Value[] = []
    for (const argument of node.arguments) given.push(await this.#value(argument, words))
    if (given.some((value) => value === HOLE || Array.isArray(value))) return HOLE
    return (called as (...input: Value[]) => Value)(...given)
  }

  async #named(node: Node & { text: string }): Promise<Value> {
    let symbol = this.#checker.getSymbolAtLocation(node)
    const imported = symbol && !symbol.valueDeclaration
    if (symbol && imported) symbol = this.#checker.getAliasedSymbol(symbol)
    const declaration = symbol?.valueDeclaration?.resolve(this.#project)
    if (!declaration) return HOLE
    const file = fileOf(declaration)
    const path = relative(ROOT, file.fileName).split(sep).join('/')
    if (path.startsWith('packages/')) {
      const runtime = (await import(pathToFileURL(file.fileName).href)) as Record<string, Value>
      if (symbol!.name in runtime) return runtime[symbol!.name]
    }
    if (isVariableDeclaration(declaration) && declaration.initializer && !isArrowFunction(declaration.initializer))
      return isConst(declaration) ? this.#value(declaration.initializer, new Map()) : HOLE
    return HOLE
  }
}

const isConst = (declaration: Node): boolean => /^const\b/.test(declaration.parent!.getText())

function fileOf(node: Node): SourceFile {
  let top = node
  while (top.parent) top = top.parent
  return top as SourceFile
}

function at(value: Value, name: Value): Value {
  if (value === HOLE || name === HOLE || value === null || value === undefined) return HOLE
  const found = (value as Record<string, Value>)[name as string]
  return typeof found === 'function' ? (found as (...input: Value[]) => Value).bind(value) : (found ?? HOLE)
}

const joined = (parts: readonly Value[]): Value => {
  const flat = parts.flat(9)
  return flat.includes(HOLE) || flat.some((part) => typeof part === 'object') ? flat.map(textOrHole) : flat.join('')
}
const textOrHole = (part: Value): Value => (typeof part === 'string' || typeof part === 'number' ? part : HOLE)
