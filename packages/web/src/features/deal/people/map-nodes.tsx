import { Handle, Position } from '@xyflow/react'
import type { Node, NodeProps } from '@xyflow/react'
import { VisuallyHidden } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useFormat } from '../../../shared/format/format.ts'
import { useText } from '../../../shared/i18n/use-lang.ts'
import { useDealView } from '../context.ts'
import { spelled } from '../model/method-index.ts'
import { GAP_WORDS } from '../model/people.ts'
import type { DealPerson, Gap } from '../model/people.ts'
import { StanceGlyph, StanceMark, TrustRing } from '../parts/marks.tsx'
import { useDealWords } from '../words.ts'
import { MeetPerson, HoldMark, NumberOne, RivalTies, useRoleNames } from './person-facts.tsx'
import classes from './people.module.css'

export type PersonNode = Node<{ person: DealPerson }, 'person'>
export type GapNode = Node<{ role: Gap }, 'gap'>

/** A person on the map. Size is influence; the glyph is stance; the ring is trust today; words stand for all of them. */
export function PersonCard({ data: { person } }: NodeProps<PersonNode>) {
  const t = useDealWords()
  const text = useText()
  const format = useFormat()
  const roleNames = useRoleNames()
  const { index, may, edit } = useDealView()
  const { view, part, name } = person
  // The crown says who is the number one.
  const stands = [
    person.person?.title,
    ...roleNames(part.roles?.filter((role) => spelled(role) !== 'number_one' || !view?.numberOne)),
  ]
    .filter(Boolean)
    .join('\u00a0· ')
  const inner = (
    <>
      <span className={classes.cardHead}>
        <StanceGlyph value={view?.stance ?? null} size={24} />
        <span className={classes.cardName}>{name}</span>
        {view && <TrustRing trust={view.trust} size={20} />}
      </span>
      <span className={classes.cardTitle} title={stands}>
        {stands}
      </span>
      {view && (
        <span className={classes.cardRung}>
          {text(index.rungs.get(view.rung)!.name)} · {format.percent(view.trust)}
        </span>
      )}
      <VisuallyHidden>
        {view ? (
          <>
            <StanceMark value={view.stance} label="said" /> {t('people.influence')} {view.influence} / 5
          </>
        ) : (
          t('people.left')
        )}
      </VisuallyHidden>
    </>
  )
  return (
    <div className={classes.card} data-top={view?.numberOne ?? false} data-left={!view}>
      <Handle type="target" position={Position.Top} isConnectable={false} className={classes.handle} />
      {view?.numberOne && <NumberOne />}
      {may.write ? (
        <button
          type="button"
          className={classes.cardButton}
          onClick={() => edit({ target: 'stakeholder', id: part.id })}
        >
          {inner}
        </button>
      ) : (
        <div className={classes.cardButton}>{inner}</div>
      )}
      <span className={classes.marks}>
        <HoldMark person={person} />
        <RivalTies personKey={person.key} />
      </span>
      <MeetPerson person={person} icon />
      <Handle type="source" position={Position.Bottom} isConnectable={false} className={classes.handle} />
    </div>
  )
}

/** A role nobody on the map has: a question in place of a person. */
export function GapCard({ data: { role } }: NodeProps<GapNode>) {
  const t = useDealWords()
  const { may, edit } = useDealView()
  return (
    <button
      type="button"
      className={classes.gapCard}
      disabled={!may.write}
      onClick={() => edit({ target: 'stakeholder', prefill: { roles: [role] } })}
    >
      {may.write && <IconPlus size={14} aria-hidden />} {t(GAP_WORDS[role])}
    </button>
  )
}
