import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where this run's database clusters lie; they are made when the first test asks. */
    senteTestFolder: string
    /** Where tests put the clusters that they kill and throw away. */
    senteScratchFolder: string
  }
}

/** Ends every server below the folders at once (nothing in them is worth a checkpoint) and removes them, when its input closes. */
const GUARD = `
  trap '' INT TERM HUP
  cat > /dev/null
  for turn in 1 2 3 4 5 6 7 8 9 10; do
    found=''
    for file in $(find "$@" -name postmaster.pid 2> /dev/null); do
      pid=$(head -n 1 "$file" 2> /dev/null)
      case "$(ps -o comm= -p "$pid" 2> /dev/null)" in *postgres*) found=1; kill -QUIT "$pid" 2> /dev/null ;; esac
    done
    [ -z "$found" ] && break
    sleep 0.1
  done
  rm -rf "$@"`

/**
 * Names the folders of this run's databases. A guard holds the other end of a pipe: however the run ends, killed or not, the pipe
 * closes, and the guard ends what runs there and removes the folders.
 */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sente-test-'))
  chmodSync(folder, 0o755)
  const scratch = join(roomyMemory() ? '/dev/shm' : folder, `${basename(folder)}-scratch`)
  mkdirSync(scratch)
  chmodSync(scratch, 0o755)
  project.provide('senteTestFolder', folder)
  // For scripts that also run outside of tests.
  process.env.SENTE_TEST_FOLDER = folder
  project.provide('senteScratchFolder', scratch)
  if (process.platform === 'win32') return async () => rmSync(folder, { recursive: true, force: true })

  const guard = spawn('sh', ['-c', GUARD, 'guard', folder, scratch], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const ended = new Promise<void>((resolve) => guard.on('exit', () => resolve()))
  guard.unref()
  return async () => {
    guard.ref()
    guard.stdin.end()
    await ended
  }
}

/** Killing a process loses nothing that the kernel has, so memory serves as well as a disk, and dozens of clusters start sooner. */
function roomyMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize > 2 ** 30
  } catch {
    return false
  }
}
