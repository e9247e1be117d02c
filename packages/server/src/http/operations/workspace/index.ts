import type { Operation } from '../../operation.ts'
import { clearSample } from './clear-sample.ts'
import { get } from './get.ts'
import { loadSample } from './load-sample.ts'
import { removeView } from './remove-view.ts'
import { saveView } from './save-view.ts'
import { update } from './update.ts'
import { views } from './views.ts'

export const operations: Operation[] = [clearSample, get, loadSample, update, views, saveView, removeView]
