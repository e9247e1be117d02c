import { Badge, Text } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useText } from '../../shared/i18n/use-lang.ts'
import { When } from '../../shared/time/when.tsx'
import { Card, DealLink } from './card.tsx'
import type { TodayData } from './query.ts'
import classes from './today.module.css'
import { useTodayWords } from './words.ts'

const ICONS = { block: IconBan, danger: IconAlertOctagon, warn: IconAlertTriangle, info: IconInfoCircle } as const
type Severity = keyof typeof ICONS

/** What the rules say that they did not say a week ago stands first and is marked. */
export function Findings({ findings }: { findings: TodayData['findings'] }) {
  const t = useTodayWords()
  const text = useText()
  return (
    <Card title={t('findings')} empty={t('findingsEmpty')} items={findings}>
      {(finding) => {
        const severity = (finding.severity in ICONS ? finding.severity : 'info') as Severity
        const Icon = ICONS[severity]
        return (
          <li key={finding.dealId + finding.rule} className={classes.item}>
            <span className={classes.kind} data-severity={severity}>
              <Icon size={17} stroke={1.8} aria-label={t(`severity.${severity}`)} />
            </span>
            <span className={classes.body}>
              <Link
                to="/deals/$dealId/$section"
                params={{ dealId: finding.dealId, section: 'findings' }}
                className={classes.findingLink}
              >
                {text(finding.name)}
              </Link>
              <Text size="sm" component="span">
                {text(finding.message)}
              </Text>
              <DealLink dealId={finding.dealId} deal={finding.deal} account={finding.account}>
                {finding.since !== undefined && (
                  <>
                    {' '}
                    · {t('since')} <When at={finding.since} show="absolute" />
                  </>
                )}
              </DealLink>
            </span>
            {finding.isNew && (
              <Badge size="sm" variant="light">
                {t('new')}
              </Badge>
            )}
          </li>
        )
      }}
    </Card>
  )
}
