import { loadMethodology } from '@sente/engine'
import { EXIT, languageOf, paintOf, print, readMethodologyFiles } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import type { Lang, Lent } from '@sente/engine'

/** `sente method check DIR`: every fault of a methodology folder, with file and path; and what is new since it was made, which the product lends. */
export async function methodCheckCommand(folder: string, options: GlobalOptions & { json?: boolean }): Promise<number> {
  const lang = languageOf(options.lang)
  const paint = paintOf()
  const { files, lent, faults: unreadable } = await readMethodologyFiles(folder)
  const loaded = loadMethodology(files)
  const faults = [...unreadable, ...('faults' in loaded ? loaded.faults : [])]
  if (options.json) await print(JSON.stringify({ folder, faults, lent }, null, 2))
  else if (faults.length > 0) {
    const lines = faults.map(
      (fault) =>
        `${paint('bold', fault.file)} ${fault.path}: ${fault.what}${'allowed' in fault && fault.allowed ? ` (${fault.allowed})` : ''}`,
    )
    await print(
      [
        ...lines,
        '',
        lang === 'zh'
          ? `${folder}：${faults.length} 处错误`
          : `${folder}: ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`,
      ].join('\n'),
    )
  } else if ('methodology' in loaded) {
    const { method, signals, plays, rules, facts, topics, presets } = loaded.methodology
    const counts = [
      signals.signals.length,
      plays.plays.length,
      rules.rules.length,
      facts.facts.length,
      topics.topics.length,
      presets.length,
    ]
    const text =
      lang === 'zh'
        ? `${method.name.zh}（${method.id} ${method.version}）：信号 ${counts[0]}、打法 ${counts[1]}、规则 ${counts[2]}、事实 ${counts[3]}、议题 ${counts[4]}、预设 ${counts[5]}，没有问题`
        : `${method.name.en} (${method.id} ${method.version}): ${counts[0]} signals, ${counts[1]} plays, ${counts[2]} rules, ${counts[3]} facts, ${counts[4]} topics, ${counts[5]} presets; fine`
    await print([text, ...lentLines(lent, lang)].join('\n'))
  }
  return faults.length > 0 ? EXIT.badInput : EXIT.fine
}

function lentLines(lent: readonly Lent[], lang: Lang): string[] {
  if (lent.length === 0) return []
  const files = [...new Set(lent.map(({ file }) => file))]
  const lines = files.map((file) => {
    const paths = lent.flatMap((one) => (one.file === file && one.path !== '' ? [one.path] : []))
    if (paths.length > 0) return `  ${file}${lang === 'zh' ? '：' : ': '}${paths.join(lang === 'zh' ? '、' : ', ')}`
    return `  ${file}${lang === 'zh' ? '（整个文件）' : ' (the whole file)'}`
  })
  const head =
    lang === 'zh'
      ? '此文件夹出自较早版本，以下新内容取自产品自带的方法；复制过来即可按自己的情况修改：'
      : 'The folder is of an earlier release. What is new since is taken from the method of the product; copy it to change it:'
  return ['', head, ...lines]
}
