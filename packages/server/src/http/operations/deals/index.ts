import type { Operation } from '../../operation.ts'
import { brief } from './brief.ts'
import { bulk } from './bulk.ts'
import { capture } from './capture.ts'
import { create } from './create.ts'
import { file } from './file.ts'
import { fromFile } from './from-file.ts'
import { get } from './get.ts'
import { history } from './history.ts'
import { list } from './list.ts'
import { meeting } from './meeting.ts'
import { meetingDocx } from './meeting-docx.ts'
import { nextUnit } from './next-unit.ts'
import { pipeline } from './pipeline.ts'
import { read } from './read.ts'
import { remove } from './remove.ts'
import { share } from './share.ts'
import { shares } from './shares.ts'
import { slides } from './slides.ts'
import { unshare } from './unshare.ts'
import { update } from './update.ts'

export const operations: Operation[] = [
  brief,
  bulk,
  capture,
  create,
  file,
  fromFile,
  get,
  history,
  list,
  meeting,
  meetingDocx,
  nextUnit,
  pipeline,
  read,
  remove,
  share,
  shares,
  slides,
  unshare,
  update,
]
