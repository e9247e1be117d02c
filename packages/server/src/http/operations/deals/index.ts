import type { Operation } from '../../operation.ts'
import { bulk } from './bulk.ts'
import { capture } from './capture.ts'
import { create } from './create.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { share } from './share.ts'
import { shares } from './shares.ts'
import { unshare } from './unshare.ts'
import { update } from './update.ts'

export const operations: Operation[] = [bulk, capture, create, get, history, read, remove, share, shares, unshare, update]
