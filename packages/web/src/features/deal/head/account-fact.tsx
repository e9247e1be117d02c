import { Anchor, Group, Skeleton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { filesPlace } from '../../../shared/files/files.ts'
import { later } from '../../../shared/later/later.tsx'
import { useDealView } from '../context.ts'
import { InPlace } from '../forms/quick.tsx'
import { useDealWords } from '../words.ts'

const ChooseAccount = later(() => import('./choose-account.tsx').then((module) => module.ChooseAccount), {
  waiting: <Skeleton height={92} />,
})

/** The customer: a way to its page, and where it is missing or wrong, a way to choose or create it. */
export function AccountFact() {
  const t = useDealWords()
  const { whole, may } = useDealView()
  const { account } = whole
  return (
    <Group gap="xs" wrap="nowrap" component="span" display="inline-flex">
      {account && filesPlace !== undefined && <span>{account.name}</span>}
      {account && filesPlace === undefined && (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/accounts/$accountId" params={{ accountId: account.id }} {...props} />}
        >
          {account.name}
        </Anchor>
      )}
      {(may.write || !account) && (
        <InPlace label={t('account')} renderForm={(close) => <ChooseAccount close={close} />}>
          {account ? <IconPencil size={14} stroke={1.7} className="no-print" aria-hidden /> : t('notSaid')}
        </InPlace>
      )}
    </Group>
  )
}
