import { positionCases } from '@sente/engine'
import type { CaseResult } from '@sente/engine'
import { columnsOf, EXIT, languageOf, methodologyFrom, paintOf, print, Stop } from '../context.ts'
import type { GlobalOptions } from '../context.ts'
import { readText } from '../../exchange/files/deal-file.ts'
import { percent } from '../terminal/format.ts'
import { hang } from '../terminal/text.ts'

/**
 * `sente position FILE`: computes cases of the position from a file of parameters and cases, so that anybody can check the
 * mathematics with a program of their own. With `--json` the file comes back with a `result` in each case.
 */
export async function positionCommand(
  file: string,
  options: GlobalOptions & { json?: boolean; method?: string },
): Promise<number> {
  const lang = languageOf(options.lang)
  const methodology = await methodologyFrom(options.method)
  const computed = positionCases(parsed(await readText(file), file), methodology)
  if ('faults' in computed) {
    const list = computed.faults.slice(0, 20).map(({ path, what }) => `${path}: ${what}`)
    throw new Stop(
      {
        en: `${file}: not a file of position cases\n${list.join('\n')}`,
        zh: `${file}：不是位置算例文件\n${list.join('\n')}`,
      },
      EXIT.badInput,
    )
  }
  if (options.json) {
    await print(JSON.stringify(computed.file, null, 2))
    return EXIT.fine
  }
  const paint = paintOf()
  const columns = columnsOf(options.width)
  const names = methodology.phases.phases.map((phase) => ({ id: phase.id as string, name: phase.short[lang] }))
  const shares = ({ phases }: CaseResult): string =>
    names
      .filter(({ id }) => id in phases)
      .map(({ id, name }) => `${name} ${percent(phases[id]!)}`)
      .join(' · ')
  const lines = computed.file.cases.flatMap(({ name, result }) => [
    paint('bold', name),
    ...hang('  ', shares(result), columns),
  ])
  await print(lines.join('\n'))
  return EXIT.fine
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Stop(
      { en: `${file}: not JSON: ${(error as Error).message}`, zh: `${file}：不是 JSON：${(error as Error).message}` },
      EXIT.badInput,
    )
  }
}
