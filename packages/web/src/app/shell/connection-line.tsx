import { IconCloudOff } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useLost } from '../../shared/api/connection.ts'
import { areaOf, isRead } from '../../shared/api/offline-cache-model.ts'
import { useFormat } from '../../shared/format/format.ts'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

/** Who waits for the server looks up this often. */
const AGAIN_MS = 15_000

/** When the oldest of what is on the screen came from the server; 0: nothing of it is there. */
function oldest(client: QueryClient): number {
  const times = client
    .getQueryCache()
    .findAll({ type: 'active' })
    .flatMap(({ queryKey, state: { data, dataUpdatedAt } }) =>
      data !== undefined && isRead(areaOf(queryKey)) ? [dataUpdatedAt] : [],
    )
  return times.length === 0 ? 0 : Math.min(...times)
}

/** Without a connection: that there is none, and how old what one reads is. Looks for the server until it answers. */
export function ConnectionLine() {
  const t = useShellWords()
  const format = useFormat()
  const client = useQueryClient()
  const lost = useLost()
  const at = useSyncExternalStore(
    (listener) => client.getQueryCache().subscribe(listener),
    () => (lost ? oldest(client) : 0),
  )
  useEffect(() => {
    if (!lost) return
    const timer = setInterval(
      () =>
        navigator.onLine &&
        void client.refetchQueries({ type: 'active', predicate: ({ queryKey }) => queryKey[0] !== 'methodology' }),
      AGAIN_MS,
    )
    return () => clearInterval(timer)
  }, [lost, client])
  // What is read out has to be there before its words are.
  return (
    <div role="status" className={classes.connection} data-lost={lost}>
      {lost && (
        <>
          <IconCloudOff size={16} stroke={1.8} aria-hidden />
          <span>{at === 0 ? t('lost') : t('lostSince', { at: format.moment(at) })}</span>
        </>
      )}
    </div>
  )
}
