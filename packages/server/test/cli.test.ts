import { readdir, readFile, writeFile } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Command } from 'commander'
import stringWidth from 'fast-string-width'
import { describe, expect, test } from 'vitest'
import { Brief } from '@sente/engine'
import { build } from '../src/cli/program.ts'
import { ROOT, sente, senteProcess, withFiles } from './run.ts'

const EXAMPLE = 'examples/1-loved-early-killed-late.yaml'
const DAY = '2025-03-20'

describe('sente', () => {
  test('takes language and server before the command as well as after it', async () => {
    const [before, after] = await Promise.all([
      sente(['--lang', 'zh', 'brief', EXAMPLE, '--as-of', DAY]),
      sente(['brief', EXAMPLE, '--as-of', DAY, '--lang=zh']),
    ])
    expect([before.code, before.out]).toEqual([0, after.out])
    const named = await sente(['--server', 'http://127.0.0.1:9', 'portfolio'], { env: { SENTE_TOKEN: 'sente_x' } })
    expect([named.code, named.err]).toEqual([2, expect.stringContaining('http://127.0.0.1:9')])
    const none = await sente(['--server', 'http://127.0.0.1:9', 'check', EXAMPLE])
    expect([none.code, none.err]).toEqual([2, expect.stringContaining("unknown option '--server'")])
    expect((await sente(['--help'])).out).toContain('sente --server <url> <command>')
  })

  test('has its help in both languages, and says in both what is wrong with what was typed', async () => {
    const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)]
    const told = (lang: 'en' | 'zh'): string[] =>
      all(build(() => undefined, lang)).flatMap((command) =>
        [
          command.description(),
          ...command.options.map(({ description }) => description),
          ...command.registeredArguments.map(({ description }) => description),
        ].filter(Boolean),
      )
    expect(told('zh').filter((words) => !/[\u4e00-\u9fff]/.test(words))).toEqual([])
    expect(told('en').filter((words) => /[\u4e00-\u9fff]/.test(words.replace('先手', '')))).toEqual([])
    expect(told('zh')).toHaveLength(told('en').length)
    const wrong = [
      ['brief'],
      ['brief', 'a', 'b'],
      ['brief', 'a', '--jsn'],
      ['brif'],
      ['import', 'a', '--kind', 'foo'],
      ['import', 'a', '--kind'],
      ['import', 'a', '--faulty', 'x y'],
      ['user', 'add'],
    ]
    for (const { code, err } of await Promise.all(wrong.map((args) => sente(['--lang', 'zh', ...args])))) {
      expect(code).toBe(2)
      expect(err).toMatch(/[\u4e00-\u9fff]/)
      expect(err).not.toMatch(/error|missing|argument|unknown|invalid|Allowed|mean/)
    }
    const logs = await sente(['serve', '--lang', 'zh'], { env: { SENTE_LOG: 'loud' } })
    expect([logs.code, logs.err]).toEqual([2, expect.stringMatching(/^环境变量 SENTE_LOG 的值“loud”/)])
    expect((await sente(['--lang', 'zh'])).err).toMatch(/^用法：[^]*商机简报/)
    expect((await sente(['brief', EXAMPLE, '--width', '3', '--lang', 'zh'])).err).toBe(
      '--width 3：应为 40 到 400 的整数\n',
    )
  })

  test('says in the language that was asked for what is wrong with a file, to read or to write', async () => {
    expect((await sente(['brief', 'no-such.yaml', '--lang', 'zh'])).err).toContain('没有这个文件')
    expect((await sente(['brief', EXAMPLE, '--svg', '/no/such/a.svg', '--lang', 'zh'])).err).toBe(
      '/no/such/a.svg：没有文件夹 /no/such。\n',
    )
    expect((await sente(['brief', EXAMPLE, '--html', '/no/such/a.html', '--lang', 'en'])).err).toBe(
      '/no/such/a.html: there is no folder /no/such.\n',
    )
  })

  test('refuses to serve where it would do nothing, and says when an address is none', async () => {
    const nothing = await sente(['serve', '--worker-only', '--no-jobs', '--lang', 'en'])
    expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining('take one of them')])
  })
})

describe('sente brief', () => {
  test('prints the headline, and every section under its name, in both languages', async () => {
    const [en, zh] = await Promise.all(
      ['en', 'zh'].map((lang) => sente(['brief', EXAMPLE, '--as-of', DAY, '--lang', lang])),
    )
    expect(en!.code).toBe(0)
    for (const words of [
      'LEAD',
      'WHERE THE CUSTOMER IS',
      'WHAT THEY CARE ABOUT',
      'FINDINGS',
      'START BY',
      'PEOPLE AND COVER',
      'HOMEWORK',
      'NEXT PLAYS',
      'OUTLOOK',
      'Sente method',
    ])
      expect(en!.out).toContain(words)
    for (const words of [
      '先手',
      '客户走到哪一步',
      '客户关心什么',
      '提醒',
      '最迟启动',
      '人与覆盖',
      '功课',
      '下一步打法',
      '赢率研判',
      '先手方法',
    ])
      expect(zh!.out).toContain(words)
    expect(zh!.out).not.toMatch(/[\u4e00-\u9fff][,;?!]/)
  })

  test('keeps to the width it is given, wide Chinese characters counted as two columns', async () => {
    for (const [width, lang] of [
      ['60', 'zh'],
      ['60', 'en'],
      ['80', 'zh'],
      ['120', 'en'],
    ] as const) {
      const { out } = await sente(['brief', EXAMPLE, '--as-of', DAY, '--lang', lang, '--width', width, '--all'])
      const wide = out.split('\n').filter((line) => stringWidth(line) > Number(width))
      expect(wide).toEqual([])
    }
  })

  test('aligns the columns of the concern table in Chinese', async () => {
    const { out } = await sente(['brief', EXAMPLE, '--as-of', DAY, '--lang', 'zh'])
    const rows = out.split('\n').filter((line) => /^(需求|价格|方案|风险) .*%/.test(line))
    expect(rows).toHaveLength(4)
    const ends = rows.map((row) => stringWidth(row.slice(0, row.indexOf('%') + 1)))
    expect(new Set(ends).size).toBe(1)
  })

  test('reads standard input, and JSON as well as YAML', async () => {
    const text = await readFile(join(ROOT, EXAMPLE), 'utf8')
    const [file, piped] = await Promise.all([
      sente(['brief', EXAMPLE, '--as-of', DAY, '--json']),
      senteProcess(['brief', '-', '--as-of', DAY, '--json'], { input: text }),
    ])
    expect(piped.out).toBe(file.out)
    expect(Brief.parse(JSON.parse(piped.out)).asOf).toBe(DAY)
    const json = await sente(['brief', '-', '--as-of', DAY], { input: '{"name": "A deal in JSON"}' })
    expect(json.out).toContain('A deal in JSON')
  })

  test('is without colour in a pipe, with colour where it is asked for, and NO_COLOR wins', async () => {
    const [plain, forced, none] = await Promise.all([
      senteProcess(['brief', EXAMPLE]),
      sente(['brief', EXAMPLE], { env: { FORCE_COLOR: '1' } }),
      sente(['brief', EXAMPLE], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ])
    expect(plain.out).not.toContain('\u001b[')
    expect(forced.out).toContain('\u001b[')
    expect(none.out).not.toContain('\u001b[')
  })

  test('takes its language from the locale', async () => {
    expect((await sente(['brief', EXAMPLE], { env: { LANG: 'zh_CN.UTF-8' } })).out).toContain('截至')
    expect((await sente(['brief', EXAMPLE], { env: { LANG: 'de_DE.UTF-8' } })).out).toContain('as of')
  })

  test('writes the picture and the page, whole and with nothing left beside them', async () => {
    await withFiles({}, async (folder, path) => {
      const { code } = await sente([
        'brief',
        EXAMPLE,
        '--as-of',
        DAY,
        '--svg',
        path('p.svg'),
        '--html',
        path('p.html'),
        '--lang',
        'zh',
      ])
      expect(code).toBe(0)
      expect(await readFile(path('p.svg'), 'utf8')).toMatch(/^<svg .*<\/svg>\s*$/s)
      expect(await readFile(path('p.html'), 'utf8')).toMatch(/^<!doctype html>.*<\/html>\s*$/s)
      expect((await readdir(folder)).sort()).toEqual(['p.html', 'p.svg'])
    })
  })

  test('--watch prints again when the file is saved, also while it is wrong for a moment', async () => {
    await withFiles({ 'deal.yaml': 'name: First name\n' }, async (_, path) => {
      const child = spawn(process.execPath, [
        join(ROOT, 'packages/server/bin/sente.mjs'),
        'brief',
        path('deal.yaml'),
        '--watch',
        '--lang',
        'en',
      ])
      let seen = ''
      child.stdout.setEncoding('utf8').on('data', (text: string) => (seen += text))
      child.stderr.setEncoding('utf8').on('data', (text: string) => (seen += text))
      const until = async (words: string): Promise<void> => {
        await expect.poll(() => seen).toContain(words)
      }
      try {
        await until('First name')
        await writeFile(path('deal.yaml'), 'nme: Second name\n')
        await until('Unknown key "nme"')
        await writeFile(path('deal.yaml'), 'name: Third name\n')
        await until('Third name')
      } finally {
        child.kill('SIGINT')
        await new Promise((resolve) => child.once('close', resolve))
      }
      expect(child.exitCode).toBe(0)
    })
  })
})

describe('exit codes', () => {
  test('0 fine, 1 danger under --strict, 2 bad input', async () => {
    const code = async (...args: string[]): Promise<number | null> => (await sente(args)).code
    expect(await code('brief', EXAMPLE, '--as-of', DAY)).toBe(0)
    expect(await code('brief', EXAMPLE, '--as-of', '2025-08-20', '--strict')).toBe(1)
    expect(await code('brief', EXAMPLE, '--as-of', '2025-13-01')).toBe(2)
    expect(await code('brief', 'no-such-file.yaml')).toBe(2)
    expect(await code('brief', EXAMPLE, '--colour')).toBe(2)
    expect(await code('breif')).toBe(2)
    expect(await code('--help')).toBe(0)
    expect(await code('portfolio', 'examples', '--help')).toBe(0)
  })

  test('a deal without danger passes --strict', async () => {
    const { code } = await sente(['brief', '-', '--strict'], { input: 'name: New\n' })
    expect(code).toBe(0)
  })
})

describe('sente check', () => {
  test('says every fault with line and column, and what was meant', async () => {
    const bad = 'name: x\nopenedOn: 2025-02-30\nevidnce: []\nevidence:\n  - {on: 2025-01-01, signal: rfp_isued}\n'
    await withFiles({ 'bad.yaml': bad, 'good.yaml': 'name: y\n' }, async (folder, path) => {
      const { code, out, err } = await sente(['check', path('bad.yaml'), path('good.yaml')], { cwd: folder })
      expect(code).toBe(2)
      const text = out + err
      expect(text).toContain('bad.yaml:2:11')
      expect(text).toContain('bad.yaml:3:1')
      expect(text).toContain('bad.yaml:5:30')
      expect(text).toContain('did you mean "evidence"?')
      expect(text).toContain('did you mean "rfp_issued"?')
      expect(text).toContain('good.yaml: fine')
    })
  })

  test('a brief of a faulty file prints the faults and nothing of a brief', async () => {
    const { code, out, err } = await sente(['brief', '-'], { input: 'name: x\nstatus: winning\n' })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(':2:9')
  })

  test('broken YAML, an empty file, a binary and a file in GB18030', async () => {
    const broken = await sente(['check', '-'], { input: 'name: "x\npeople: [\n' })
    expect(broken.code).toBe(2)
    expect(broken.err + broken.out).toMatch(/:\d+:\d+/)
    expect((await sente(['brief', '-'], { input: '' })).code).toBe(2)
    await withFiles(
      {
        'b.yaml': new Uint8Array([0, 1, 2, 255, 254, 0, 0, 9]),
        'g.yaml': new Uint8Array([...Buffer.from('name: '), 0xd6, 0xd0, 0xb9, 0xfa, 10]),
      },
      async (_, path) => {
        const binary = await sente(['brief', path('b.yaml')])
        expect(binary.code).toBe(2)
        expect(binary.err).not.toContain('report it')
        expect((await sente(['brief', path('g.yaml')])).out).toContain('中国')
      },
    )
  })

  test('tells which signals to take instead of one that said two things at once', async () => {
    const input =
      'name: x\nevidence:\n  - {on: 2025-01-06, signal: rfp_issued}\n  - {on: 2025-01-07, signal: reference_site_visit}\n'
    const { code, out } = await sente(['check', '-'], { input })
    expect(code).toBe(0)
    expect(out).toContain('evidence 2: "reference_site_visit" still counts')
    expect(out).toContain('reference_visit_asked, reference_visited')
    const json = await sente(['check', '-', '--json'], { input })
    expect(JSON.parse(json.out)[0].replaced).toEqual([
      { index: 1, signal: 'reference_site_visit', successors: ['reference_visit_asked', 'reference_visited'] },
    ])
  })

  test('the same keys twice are a fault, not a silent loss', async () => {
    const { code, out, err } = await sente(['check', '-'], { input: 'name: x\nname: y\n' })
    expect(code).toBe(2)
    expect(out + err).toContain(':2:1')
  })
})

describe('sente replay', () => {
  test('shows only what could be known: the same day in a longer replay reads the same', async () => {
    const days = async (asOf: string): Promise<{ on: string }[]> =>
      JSON.parse((await sente(['replay', EXAMPLE, '--as-of', asOf, '--json', '--every', '14'])).out) as { on: string }[]
    const [short, long] = await Promise.all([days('2025-04-30'), days('2025-07-30')])
    const before = short.filter(({ on }) => on < '2025-04-30')
    expect(before.length).toBeGreaterThan(4)
    expect(long.slice(0, before.length)).toEqual(before)
  })
})

describe('the other commands', () => {
  test('--version says the version of the packages', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await sente(['--version'])).toEqual({ code: 0, out: `${version}\n`, err: '' })
  })

  test('schema prints a JSON Schema of the deal and of the brief', async () => {
    for (const args of [['schema'], ['schema', '--brief']])
      expect(JSON.parse((await sente(args)).out)).toHaveProperty('properties')
  })

  test('method check passes the shipped method and names every fault of a spoilt one', async () => {
    expect((await sente(['method', 'check', 'methodology'])).code).toBe(0)
    await withFiles({ 'signals.json': '{"signals": [', 'rules.json': '{}' }, async (folder) => {
      const { code, out, err } = await sente(['method', 'check', folder])
      expect(code).toBe(2)
      expect(out + err).toMatch(/signals\.json.*JSON/)
      expect(out + err).toMatch(/plays\.json.*missing/)
    })
  })

  test('new asks five questions and writes a file that briefs without a fault', async () => {
    await withFiles({}, async (folder, path) => {
      const { code } = await sente(['new', path('my.yaml'), '--lang', 'zh'], {
        input: '核心系统\n江州银行\n2025-01-10\n周敏, 行长\n他们想三年内统一平台\n',
      })
      expect(code).toBe(0)
      const { code: checked, out } = await sente(['brief', path('my.yaml'), '--lang', 'zh'])
      expect([checked, out.includes('周敏')]).toEqual([0, true])
      const again = await sente(['new', path('my.yaml')], { input: 'a\nb\n2025-01-01\n\n\n' })
      expect(again.code).toBe(2)
      expect(await readdir(folder)).toEqual(['my.yaml'])
    })
  })

  test.each(['bash', 'zsh', 'fish'])('completion for %s knows every command', async (shell) => {
    const { code, out } = await sente(['completion', shell])
    expect(code).toBe(0)
    for (const name of ['brief', 'check', 'replay', 'portfolio', 'explain', 'schema', 'new', 'method'])
      expect(out).toContain(name)
  })

  test('every command has --help', async () => {
    for (const args of [
      ['brief'],
      ['check'],
      ['replay'],
      ['portfolio'],
      ['explain'],
      ['schema'],
      ['new'],
      ['method'],
      ['method', 'check'],
      ['completion'],
    ]) {
      const { code, out } = await sente([...args, '--help'])
      expect([args, code, out.includes('Usage')]).toEqual([args, 0, true])
    }
  })
})
