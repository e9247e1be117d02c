import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconAlertOctagon, IconAlertTriangle, IconDiamond, IconInfoCircle } from '@tabler/icons-react'
import type { ProofStatus } from '@sente/engine'
import type { ReactNode } from 'react'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { useDealWords } from '../words.ts'
import classes from './marks.module.css'

const SHARE: Readonly<Record<ProofStatus, number>> = {
  missing: 0,
  preparing: 0.25,
  prepared: 0.5,
  presented: 0.75,
  accepted: 1,
}

/** How far a proof is, as a disc that fills; accepted has a tick. The word stands beside it, or is said. */
export function StatusMark({
  status,
  label = 'shown',
  late = false,
}: {
  status: ProofStatus
  label?: 'shown' | 'said'
  late?: boolean
}) {
  const t = useDealWords()
  const share = SHARE[status]
  const angle = share * 2 * Math.PI - Math.PI / 2
  const slice = `M8 8V2A6 6 0 ${share > 0.5 ? 1 : 0} 1 ${(8 + 6 * Math.cos(angle)).toFixed(2)} ${(8 + 6 * Math.sin(angle)).toFixed(2)}Z`
  const word = t(`proofStatus.${status}`)
  return (
    <span className={classes.mark} data-late={late}>
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden className={classes.disc} data-status={status}>
        <circle cx="8" cy="8" r="6" className={classes.rim} />
        {share === 1 ? (
          <circle cx="8" cy="8" r="6" className={classes.full} />
        ) : (
          share > 0 && <path d={slice} className={classes.full} />
        )}
        {share === 1 && <path d="M5.2 8.2l2 2 3.6-4" className={classes.tick} />}
      </svg>
      {label === 'shown' ? <span>{word}</span> : <VisuallyHidden>{word}</VisuallyHidden>}
    </span>
  )
}

/** For us points up, against us down, neutral is round, unknown a question: shape and sign, and colour only after them. */
export function StanceMark({ value, label = 'shown' }: { value: number | null; label?: 'shown' | 'said' | 'none' }) {
  const t = useDealWords()
  const text = useText()
  const { index } = useDealView()
  const name = index.stances.get(value === null ? NaN : Math.round(value))?.name
  const word = name ? text(name) : t('stanceUnknown')
  return (
    <span className={classes.mark}>
      <StanceGlyph value={value} />
      {label === 'shown' ? <span>{word}</span> : label === 'said' && <VisuallyHidden>{word}</VisuallyHidden>}
    </span>
  )
}

export function StanceGlyph({ value, size = 18 }: { value: number | null; size?: number }) {
  const side = value === null ? 'unknown' : value > 0 ? 'for' : value < 0 ? 'against' : 'neutral'
  const sign = value === null ? '?' : value > 0 ? `+${Math.round(value)}` : value < 0 ? `−${Math.round(-value)}` : '0'
  const shape = {
    for: <path d="M11 1.5 21 20.5H1Z" />,
    against: <path d="M1 1.5H21L11 20.5Z" />,
    neutral: <circle cx="11" cy="11" r="9.5" />,
    unknown: <circle cx="11" cy="11" r="9.5" strokeDasharray="3 2.4" />,
  }[side]
  const y = { for: 17.8, against: 11, neutral: 14.6, unknown: 14.8 }[side]
  return (
    <svg width={size} height={size} viewBox="0 0 22 22" aria-hidden className={classes.stance} data-side={side}>
      {shape}
      <text x="11" y={y} textAnchor="middle">
        {sign}
      </text>
    </svg>
  )
}

const SEVERITY = {
  block: IconAlertOctagon,
  danger: IconAlertTriangle,
  warn: IconDiamond,
  info: IconInfoCircle,
} as const
export type Severity = keyof typeof SEVERITY

export function SeverityMark({ severity, label = 'shown' }: { severity: Severity; label?: 'shown' | 'said' }) {
  const t = useDealWords()
  const Icon = SEVERITY[severity]
  const word = t(`severity.${severity}`)
  return (
    <span className={classes.severity} data-severity={severity}>
      <Icon size={16} stroke={1.8} aria-hidden />
      {label === 'shown' ? <span>{word}</span> : <VisuallyHidden>{word}</VisuallyHidden>}
    </span>
  )
}

/** A ring of how much trust is left today; the figure stands beside or is said. */
export function TrustRing({ trust, size = 20 }: { trust: number; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" aria-hidden className={classes.ring}>
      <circle cx="10" cy="10" r="8" className={classes.ringBack} />
      <circle
        cx="10"
        cy="10"
        r="8"
        className={classes.ringFront}
        pathLength="100"
        strokeDasharray={`${Math.round(trust * 100)} 100`}
        transform="rotate(-90 10 10)"
      />
    </svg>
  )
}

/** A word with its explanation on hover and focus. */
export function Says({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <Tooltip label={label} events={{ hover: true, focus: true, touch: true }}>
      <span tabIndex={0} className={classes.says}>
        {children}
      </span>
    </Tooltip>
  )
}

/** A share as a bar; the figure stands beside it. */
export function Bar({
  share,
  tone = 'accent',
  width = '100%',
}: {
  share: number
  tone?: 'accent' | 'red' | 'ink'
  width?: number | string
}) {
  return (
    <span className={classes.bar} style={{ width }} aria-hidden>
      <span data-tone={tone} style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }} />
    </span>
  )
}
