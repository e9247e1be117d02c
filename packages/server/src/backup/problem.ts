import type { Text } from '@sente/engine'
import { Problem } from '../core/problem.ts'
/** Why a backup cannot be taken or an archive not be restored; the message is for the user and says what to do. */
export type BackupProblemCode =
  | 'damaged'
  | 'incomplete'
  | 'not-an-archive'
  | 'newer-archive'
  | 'other-history'
  | 'not-empty'
  | 'unreadable'

export class BackupProblem extends Problem {
  readonly code: BackupProblemCode
  constructor(code: BackupProblemCode, says: Text, cause?: unknown) {
    super(says, cause)
    this.code = code
  }
}

export const damaged = (file: string, en: string, zh: string): BackupProblem =>
  new BackupProblem('damaged', {
    en: `${file} is damaged: ${en}. Nothing was changed. Take another backup, or copy this one again from where it came.`,
    zh: `${file} 已损坏：${zh}。没有作任何改动。请换一个备份，或从原处重新复制这个文件。`,
  })

export const incomplete = (file: string): BackupProblem =>
  new BackupProblem('incomplete', {
    en: `${file} is incomplete: it ends before its end. Nothing was changed. It was perhaps not copied to the end, or its disk was full.`,
    zh: `${file} 不完整：文件提前结束。没有作任何改动。可能没有复制完，或当时磁盘已满。`,
  })
