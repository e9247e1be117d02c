import type { Text } from '@sente/engine'
import { dirname } from 'node:path'

/** Why a file cannot be written where it should be: the system's words name files of ours that nobody has heard of. */
export function writeProblem(path: string, error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return { en: `${path}: there is no folder ${dirname(path)}.`, zh: `${path}：没有文件夹 ${dirname(path)}。` }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return {
      en: `${path}: may not be written here. Choose another folder, or change who may write into this one.`,
      zh: `${path}：这里不允许写入。请换一个文件夹，或修改它的权限。`,
    }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return { en: `${path}: there is no room left on the disk.`, zh: `${path}：磁盘已满。` }
  if (code === 'EISDIR')
    return { en: `${path}: is a folder; name a file in it.`, zh: `${path}：这是文件夹，请指定其中的文件。` }
  return { en: `${path}: cannot be written (${message}).`, zh: `${path}：无法写入（${message}）。` }
}
