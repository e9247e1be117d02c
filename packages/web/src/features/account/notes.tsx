import { Text } from '@mantine/core'
import type { DealRow } from '@sente/api'
import { Link } from '@tanstack/react-router'
import { When } from '../../shared/time/when.tsx'
import type { AccountData } from './data.ts'
import classes from './account.module.css'
import { useAccountWords } from './words.ts'

/** The newest words about this customer, whichever deal they belong to. */
export function Notes({ notes, deals }: { notes: AccountData['notes']; deals: DealRow[] }) {
  const t = useAccountWords()
  return (
    <section className={classes.card}>
      <h2>{t('notes')}</h2>
      {notes.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('noNotes')}
        </Text>
      )}
      {notes.map((note) => (
        <article key={note.id} className={classes.note}>
          <Text size="xs" c="dimmed">
            <When at={note.on} show="absolute" /> ·{' '}
            <Link
              to="/deals/$dealId/$section"
              params={{ dealId: note.dealId, section: 'evidence' }}
              className={classes.quiet}
            >
              {deals.find(({ id }) => id === note.dealId)?.name ?? t('deal')}
            </Link>
            {note.author !== undefined && ` · ${note.author}`}
          </Text>
          <Text size="sm">{note.text}</Text>
        </article>
      ))}
    </section>
  )
}
