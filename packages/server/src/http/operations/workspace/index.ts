import type { Operation } from '../../operation.ts'
import { get } from './get.ts'
import { removeView } from './remove-view.ts'
import { saveView } from './save-view.ts'
import { update } from './update.ts'
import { views } from './views.ts'

export const operations: Operation[] = [get, update, views, saveView, removeView]
