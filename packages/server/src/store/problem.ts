import type { Text } from '@sente/engine'
import { Problem } from '../core/problem.ts'
/** What kinds of trouble the store can be in; each has one remedy, which its text names. */
export type StoreProblemCode =
  | 'unwritable'
  | 'unreachable'
  | 'disk-full'
  | 'other-version'
  | 'no-program'
  | 'not-started'
  | 'locked'
  | 'wrong-password'
  | 'bad-url'
  | 'no-server'
  | 'old-server'
  | 'not-utf8'
  | 'no-role'
  | 'unsafe-role'
  | 'bad-migration'
  | 'changed-migration'
  | 'newer-database'
  | 'failed-migration'

/** Trouble with the database as a whole; its message is for the user and says what to do. */
export class StoreProblem extends Problem {
  readonly code: StoreProblemCode
  constructor(code: StoreProblemCode, says: Text, cause?: unknown) {
    super(says, cause)
    this.code = code
  }
}

/** An error of the file system, or words of PostgreSQL itself, as a problem with a remedy; `undefined` when it is none of these. */
export function folderProblem(folder: string, error: unknown): StoreProblem | undefined {
  if (error instanceof StoreProblem) return error
  const text = error instanceof Error ? textOf(error) : String(error)
  if (/ENOSPC|EDQUOT|No space left on device|Disk quota exceeded/i.test(text)) {
    return new StoreProblem(
      'disk-full',
      {
        en: `${folder}: the disk is full. Free some space and start again; nothing that was saved is lost. (SENTE_DATA names another folder.)`,
        zh: `${folder}：磁盘已满。请腾出空间后重新启动，已保存的数据不会丢失。（可用 SENTE_DATA 指定其他文件夹。）`,
      },
      error,
    )
  }
  if (/EEXIST|ENOTDIR/.test(text)) {
    return new StoreProblem(
      'unwritable',
      {
        en: `${folder}: there is a file where a folder should be. Name a folder with SENTE_DATA.`,
        zh: `${folder}：这里应是文件夹，却是文件。请用 SENTE_DATA 指定一个文件夹。`,
      },
      error,
    )
  }
  if (/EACCES|EPERM|EROFS|Permission denied|Read-only file system/i.test(text)) {
    return new StoreProblem(
      'unwritable',
      {
        en: `${folder}: may not be written. Check who owns it, or name another folder with SENTE_DATA. (${firstLine(text)})`,
        zh: `${folder}：无法写入。请检查文件夹的所有者，或用 SENTE_DATA 指定其他文件夹。（${firstLine(text)}）`,
      },
      error,
    )
  }
  return undefined
}

/** The system's own words begin with the code already. */
function textOf({ message, code = '' }: NodeJS.ErrnoException): string {
  return message.includes(code) ? message : `${code} ${message}`
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]!.slice(0, 300)
}
