import { Badge } from '@mantine/core'
import { IconAlertTriangle, IconBan, IconExclamationCircle, IconInfoCircle } from '@tabler/icons-react'
import { PHASES } from '@sente/engine'
import type { PhaseId, Severity } from '@sente/engine'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import classes from './list.module.css'
import { useMethodWords } from './words.ts'

/** Where on the customer's way: eight places, those that apply filled. */
export function PhaseBar({ phases }: { phases: readonly PhaseId[] }) {
  const text = useText()
  const method = useMethodology()
  const names = phases.map((phase) => text(method.phases.phases[PHASES.indexOf(phase)]!.short)).join(', ')
  return (
    <span className={classes.phaseBar} role="img" aria-label={names} title={names}>
      {PHASES.map((phase) => (
        <i key={phase} data-on={phases.includes(phase) || undefined} />
      ))}
    </span>
  )
}

const ICONS = { block: IconBan, danger: IconAlertTriangle, warn: IconExclamationCircle, info: IconInfoCircle } as const

export function SeverityBadge({ severity }: { severity: Severity }) {
  const t = useMethodWords()
  const Icon = ICONS[severity]
  const strong = severity === 'block' || severity === 'danger'
  return (
    <Badge
      size="sm"
      variant="light"
      color={strong ? 'red' : 'gray'}
      tt="none"
      leftSection={<Icon size={12} aria-hidden />}
      className={classes.severity}
    >
      {t(`severities.${severity}`)}
    </Badge>
  )
}
