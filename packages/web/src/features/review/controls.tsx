import { NativeSelect, TextInput, UnstyledButton } from '@mantine/core'
import type { PipelineReview } from '@sente/api'
import { addDays, LACKS, plainDate } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { canOwn, membersQuery, useMe } from '../../shared/api/me.ts'
import { teamsQuery } from '../../shared/api/teams.ts'
import type { ReviewSearch } from './model.ts'
import classes from './review.module.css'
import { useReviewWords } from './words.ts'

/** Which deals, whose, and compared with when. Everything is in the address, so that a link shows the same. */
export function Controls({ review, search }: { review: PipelineReview; search: ReviewSearch }) {
  const t = useReviewWords()
  const navigate = useNavigate()
  const go = (next: ReviewSearch): void => void navigate({ to: '/review', search: next, replace: true })
  const role = useMe()?.member.role
  const leads = role === 'manager' || role === 'administrator'
  const chip = (on: boolean, says: string, next: ReviewSearch, key: string) => (
    <UnstyledButton key={key} className={classes.chip} aria-pressed={on} onClick={() => go(next)}>
      {says}
    </UnstyledButton>
  )
  // Of deals that are still being computed nothing can be counted.
  const count = (n: number): number | string => (review.waiting === review.total.deals ? '–' : n)
  const plain: ReviewSearch = { ...search, lack: undefined, far: undefined, changed: undefined }
  return (
    <div className={`${classes.controls} no-print`}>
      <div className={classes.chips} role="group" aria-label={t('filters')}>
        {chip(
          search.lack === undefined && !search.far && !search.changed,
          t('all', { count: review.total.deals }),
          plain,
          'all',
        )}
        {LACKS.map((lack) =>
          chip(
            search.lack === lack,
            t(`lack.${lack}`, { count: count(review.total.lacks[lack] ?? 0) }),
            { ...plain, lack: search.lack === lack ? undefined : lack },
            lack,
          ),
        )}
        {chip(
          search.far === true,
          t('far', { count: count(review.far) }),
          { ...plain, far: search.far ? undefined : true },
          'far',
        )}
        {chip(
          search.changed === true,
          t('changed'),
          { ...plain, changed: search.changed ? undefined : true },
          'changed',
        )}
      </div>
      <div className={classes.selects}>
        {leads && <Whose search={search} go={go} />}
        <TextInput
          type="date"
          size="xs"
          label={t('since')}
          value={review.since}
          max={addDays(plainDate(review.on), -1)}
          onChange={({ currentTarget: { value } }) => {
            if (value !== '' && value < review.on) go({ ...search, since: value })
          }}
        />
      </div>
    </div>
  )
}

function Whose({ search, go }: { search: ReviewSearch; go: (next: ReviewSearch) => void }) {
  const t = useReviewWords()
  const members = (useQuery(membersQuery).data ?? []).filter(canOwn)
  const teams = useQuery(teamsQuery).data ?? []
  const group = (name: string, kind: 'team' | 'owner', all: readonly { id: string; name: string }[]) =>
    all.length === 0
      ? []
      : [{ group: name, items: all.map((one) => ({ value: `${kind}:${one.id}`, label: one.name })) }]
  const value =
    search.owner !== undefined ? `owner:${search.owner}` : search.team !== undefined ? `team:${search.team}` : ''
  return (
    <NativeSelect
      size="xs"
      label={t('whose')}
      value={value}
      onChange={({ currentTarget: { value: chosen } }) => {
        const [kind, id] = chosen.split(':')
        go({ ...search, owner: kind === 'owner' ? id : undefined, team: kind === 'team' ? id : undefined })
      }}
      data={[
        { value: '', label: t('mine') },
        ...group(t('teams'), 'team', teams),
        ...group(t('members'), 'owner', members),
      ]}
    />
  )
}
