import { Anchor } from '@mantine/core'
import { IconLogin2 } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useEnded } from '../../shared/api/connection.ts'
import { meQuery, useMe } from '../../shared/api/me.ts'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

/**
 * The session ended while the page was open. One signs in beside it, in another tab, and comes back: nothing that was typed here is lost.
 * Whoever comes back as somebody else begins with an empty page.
 */
export function EndedLine() {
  const t = useShellWords()
  const ended = useEnded()
  const was = useMe()?.member.id
  const client = useQueryClient()
  useEffect(() => {
    if (!ended) return
    const look = async (): Promise<void> => {
      const me = await client.fetchQuery({ ...meQuery, staleTime: 0, retry: false }).catch(() => undefined)
      if (!me) return
      if (was !== undefined && me.member.id !== was) location.reload()
      else await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'methodology' })
    }
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [ended, was, client])
  return (
    <div role="status" className={classes.connection} data-lost={ended}>
      {ended && (
        <>
          <IconLogin2 size={16} stroke={1.8} aria-hidden />
          <span>
            {t('ended')}{' '}
            <Anchor inherit href="/signin" target="_blank">
              {t('signInAgain')}
            </Anchor>
          </span>
        </>
      )}
    </div>
  )
}
