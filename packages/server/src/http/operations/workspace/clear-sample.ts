import { routes } from '@sente/api'
import { clearSample as clear } from '../../../sample/load.ts'
import { operation } from '../../operation.ts'

export const clearSample = operation(routes.workspace.clearSample, ({ context: { tx } }) => clear(tx))
