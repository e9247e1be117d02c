import { briefJsonSchema, dealJsonSchema } from '@sente/engine'
import { EXIT, methodologyFrom, print } from '../context.ts'

/** `sente schema`: JSON Schema of the deal file (editors complete and check it), or of the brief. */
export async function schemaCommand(options: { brief?: boolean; method?: string }): Promise<number> {
  const schema = options.brief ? briefJsonSchema() : dealJsonSchema(await methodologyFrom(options.method))
  await print(JSON.stringify(schema, null, 2))
  return EXIT.fine
}
