import { routes } from '@sente/api'
import type { Methodology } from '@sente/engine'
import { methodologyOf } from '../../../store/method.ts'
import { Json, operation } from '../../operation.ts'

/** Half a megabyte that seldom changes: written once for each method in force. */
const written = new WeakMap<Methodology, Json>()

/** The files as `loadMethodology` takes them, whatever method is in force. */
export const methodology = operation(routes.work.methodology, async ({ context }) => {
  const inForce = await methodologyOf(context.tx)
  let json = written.get(inForce)
  if (!json) {
    const { presets, ...files } = inForce
    const { id, version } = inForce.method
    json = new Json(
      JSON.stringify({
        id,
        version,
        files: { ...files, ...Object.fromEntries(presets.map((preset) => [`presets/${preset.id}`, preset])) },
      }),
    )
    written.set(inForce, json)
  }
  return json
})
