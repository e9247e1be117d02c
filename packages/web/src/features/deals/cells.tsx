import { filesPlace } from '../../shared/files/files.ts'
import { NumberInput, Popover, Select, UnstyledButton } from '@mantine/core'
import type { DealRow } from '@sente/api'
import { MOST_ROOM } from '@sente/engine'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { ReactNode } from 'react'
import { canOwn, membersQuery } from '../../shared/api/me.ts'
import { useFormat } from '../../shared/format/format.ts'
import { When } from '../../shared/time/when.tsx'
import classes from './deals.module.css'
import type { Column } from './model.ts'
import { PHASES, saysCrm } from './model.ts'
import { usePhaseNames } from './phases.ts'
import { useDealEdit } from './use-edit.ts'
import { useDealsWords } from './words.ts'

export const NUMERIC: ReadonlySet<string> = new Set(['amount', 'win', 'cover', 'danger', 'lead'])
const NOTHING = <span className={classes.hint}>–</span>

/** What a column shows of a deal. Owner and amount are changed where they stand. */
export function Cell({ column, deal, may }: { column: Column; deal: DealRow; may: boolean }) {
  const format = useFormat()
  const { summary } = deal
  switch (column) {
    case 'account':
      return <AccountCell deal={deal} />
    case 'owner':
      return may ? <OwnerCell deal={deal} /> : deal.owner.name
    case 'amount':
      return may ? <AmountCell deal={deal} /> : deal.amount ? format.money(deal.amount) : NOTHING
    case 'phase':
      return summary ? <PhaseCell deal={deal} /> : NOTHING
    case 'lead':
      return <LeadWords deal={deal} />
    case 'cover':
      return <CoverCell summary={summary} />
    case 'danger':
      return <DangerCell summary={summary} />
    case 'win':
      return summary?.win === undefined ? NOTHING : <span>{format.percent(summary.win)}</span>
    case 'decisionOn':
      return <DecisionCell deal={deal} />
    case 'nextStartBy':
      return <DayCell on={summary?.nextStartBy} />
    case 'openedOn':
      return <DayCell on={deal.openedOn} />
    case 'updatedAt':
      return <When at={deal.updatedAt} />
  }
}

const DayCell = ({ on }: { on: string | undefined }) => (on === undefined ? NOTHING : <When at={on} show="absolute" />)

/** Our day, and under it what the CRM says. */
const DecisionCell = ({ deal }: { deal: DealRow }) => (
  <>
    <DayCell on={deal.summary?.decisionOn} />
    <CrmWords deal={deal} />
  </>
)

/** The end that the CRM expects and its next step: cut to a line, whole when pointed at. */
export function CrmWords({ deal }: { deal: DealRow }) {
  const t = useDealsWords()
  const format = useFormat()
  if (!saysCrm(deal)) return null
  const { crmCloseOn, crmNextStep } = deal
  const next = crmNextStep === undefined ? [] : [t('crmNext', { step: crmNextStep })]
  const on = crmCloseOn === undefined ? undefined : format.day(crmCloseOn)
  const says = (close: string[]): string => t('crmSays', { says: [...close, ...next].join(' · ') })
  return (
    <span className={classes.crm} title={says(on === undefined ? [] : [t('crmClose', { on })])}>
      {says(on === undefined ? [] : [on])}
    </span>
  )
}

function AccountCell({ deal: { account } }: { deal: DealRow }) {
  if (!account) return NOTHING
  if (filesPlace !== undefined) return <span title={account.name}>{account.name}</span>
  return (
    <Link to="/accounts/$accountId" params={{ accountId: account.id }} className={classes.quiet} title={account.name}>
      {account.name}
    </Link>
  )
}

function CoverCell({ summary }: { summary: DealRow['summary'] }) {
  const t = useDealsWords()
  const format = useFormat()
  if (summary?.cover === undefined) return NOTHING
  return (
    <span title={summary.vacuum ? t('vacuumSays') : undefined}>
      {summary.vacuum && <span className={classes.red}>▼ </span>}
      {format.percent(summary.cover)}
    </span>
  )
}

function DangerCell({ summary }: { summary: DealRow['summary'] }) {
  const t = useDealsWords()
  if (!summary) return NOTHING
  if (summary.dangers === 0) return <span className={classes.hint}>0</span>
  return (
    <span className={classes.red} title={t('dangersSay', { count: summary.dangers })}>{`▲ ${summary.dangers}`}</span>
  )
}

/** The leading phase in words and how sure we are, over a strip of all probabilities. */
export function PhaseCell({ deal }: { deal: DealRow }) {
  const [name, short] = [usePhaseNames(), usePhaseNames('short')]
  const t = useDealsWords()
  const format = useFormat()
  const { summary } = deal
  if (!summary) return null
  const { phase, phases } = summary
  if (!phase || !phases)
    return (
      <span className={classes.hint} title={t('notJudgedSays')}>
        {t('notJudged')}
      </span>
    )
  const share = format.percent(Math.max(...phases))
  return (
    <span className={classes.phase} title={t('phaseSays', { phase: name(phase), share })}>
      <span className={classes.phaseWords}>
        {short(phase)}
        <span className={classes.hint}>{share}</span>
      </span>
      <span className={classes.strip} aria-hidden>
        {phases.map((width, i) =>
          width < 0.005 ? null : <i key={PHASES[i]} style={{ flexGrow: width, background: `var(--s-phase-${i})` }} />,
        )}
      </span>
    </span>
  )
}

/** The headline in few words; red never alone: the word and the sign say it too. */
export function LeadWords({ deal }: { deal: DealRow }) {
  const t = useDealsWords()
  const lead = deal.summary?.lead
  if (!lead) return NOTHING
  if (lead.state === 'closed' || lead.state === 'unknown')
    return <span className={classes.hint}>{t(`lead.${lead.state}`)}</span>
  if (lead.state === 'covered') return <span className={classes.good}>✓ {t('lead.covered')}</span>
  const days = Math.abs(lead.days ?? 0)
  // As the headline of the deal says it: room beyond the most that is told apart is "or more", and none is no lead.
  const ahead = days === 0 ? t('noRoom') : t(days >= MOST_ROOM ? 'aheadAtLeast' : 'aheadDays', { days })
  const words = lead.state === 'behind' ? t('behindDays', { days }) : ahead
  return (
    <span
      className={lead.state === 'behind' ? classes.red : classes.good}
      title={lead.concern && t(`concern.${lead.concern}`)}
    >
      {words}
    </span>
  )
}

interface EditedProps {
  label: string
  shown: ReactNode
  width: number
  position: 'bottom-start' | 'bottom-end'
  /** What changes it, drawn only while it is open: a table has hundreds of such cells. */
  children: (close: () => void) => ReactNode
}

/** A value that opens, where it stands, what changes it. */
function Edited({ label, shown, width, position, children }: EditedProps) {
  /** The button that was pressed; who is done comes back to it. */
  const [from, setFrom] = useState<HTMLElement>()
  const close = (): void => {
    setFrom(undefined)
    from?.focus()
  }
  return (
    <>
      <UnstyledButton
        className={classes.editable}
        onClick={(event) => setFrom(event.currentTarget)}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={from !== undefined}
      >
        {shown}
      </UnstyledButton>
      {from && (
        <Popover opened onChange={close} trapFocus width={width} position={position}>
          <Popover.Target>
            <span className={classes.anchor} />
          </Popover.Target>
          <Popover.Dropdown aria-label={label}>{children(close)}</Popover.Dropdown>
        </Popover>
      )}
    </>
  )
}

function OwnerCell({ deal }: { deal: DealRow }) {
  const t = useDealsWords()
  return (
    <Edited
      label={t('changeOwner', { deal: deal.name, owner: deal.owner.name })}
      shown={deal.owner.name}
      width={220}
      position="bottom-start"
    >
      {(close) => <OwnerEdit deal={deal} close={close} />}
    </Edited>
  )
}

function OwnerEdit({ deal, close }: { deal: DealRow; close: () => void }) {
  const t = useDealsWords()
  const members = useQuery(membersQuery)
  // What stood there when it was opened: what somebody else wrote meanwhile is asked about.
  const edit = useDealEdit(useState(deal)[0])
  return (
    <Select
      label={t('columns.owner')}
      searchable
      data-autofocus
      comboboxProps={{ withinPortal: false }}
      data={members.data?.filter(canOwn).map(({ id, name }) => ({ value: id, label: name })) ?? []}
      value={deal.owner.id}
      onChange={(ownerId) => {
        close()
        if (ownerId !== null && ownerId !== deal.owner.id)
          void edit(
            { ownerId },
            { owner: { id: ownerId, name: members.data?.find(({ id }) => id === ownerId)?.name ?? '' } },
          )
      }}
    />
  )
}

function AmountCell({ deal }: { deal: DealRow }) {
  const t = useDealsWords()
  const format = useFormat()
  const shown = deal.amount && format.money(deal.amount)
  return (
    <Edited
      label={t('changeAmount', { deal: deal.name, amount: shown ?? '–' })}
      shown={shown ?? NOTHING}
      width={240}
      position="bottom-end"
    >
      {(close) => <AmountEdit deal={deal} close={close} />}
    </Edited>
  )
}

function AmountEdit({ deal, close }: { deal: DealRow; close: () => void }) {
  const t = useDealsWords()
  const [seen] = useState(deal)
  const edit = useDealEdit(seen)
  const [value, setValue] = useState<string | number>(seen.amount?.value ?? '')
  const currency = seen.amount?.currency ?? 'CNY'
  const save = (): void => {
    close()
    const text = String(value)
    if (!/^\d{1,15}(\.\d{1,6})?$/.test(text) || text === seen.amount?.value) return
    const amount = { value: text, currency }
    void edit({ amount }, { amount })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <NumberInput
        label={t('amountIn', { currency })}
        value={value}
        onChange={setValue}
        min={0}
        decimalScale={6}
        thousandSeparator=","
        hideControls
        valueIsNumericString
        data-autofocus
      />
    </form>
  )
}
