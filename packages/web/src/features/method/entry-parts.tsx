import { Badge, Title } from '@mantine/core'
import { PHASES } from '@sente/engine'
import type { PhaseId } from '@sente/engine'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '../../shared/i18n/use-lang.ts'
import { useMethodology } from '../../shared/method/methodology.ts'
import classes from './method.module.css'
import { namesOf } from './model.ts'

/** Heading of what is being read, with its small marks. */
export function EntryHead({ name, id, marks }: { name: string; id: string; marks: readonly string[] }) {
  return (
    <header className={classes.entryHead}>
      <Title order={2}>{name}</Title>
      <div className={classes.marks}>
        {marks.map((mark) => (
          <Badge key={mark} variant="default" size="sm" fw={500} tt="none">
            {mark}
          </Badge>
        ))}
        <code className={classes.id}>{id}</code>
      </div>
    </header>
  )
}

export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** Names that lead to where they are explained. */
export function Names({ kind, ids }: { kind: 'signal' | 'play' | 'topic' | 'rule'; ids: readonly string[] }) {
  const text = useText()
  const method = useMethodology()
  const name = namesOf(method)
  const section = ({ signal: 'signals', play: 'plays', topic: 'topics', rule: 'rules' } as const)[kind]
  return (
    <ul className={classes.links}>
      {ids.map((id) => (
        <li key={id}>
          <Link to="/method/$section/$id" params={{ section, id }}>
            {text(
              kind === 'rule'
                ? (method.rules.rules.find((rule) => rule.id === id)?.name ?? { en: id, zh: id })
                : name(kind, id),
            )}
          </Link>
        </li>
      ))}
    </ul>
  )
}

export function Phases({ ids }: { ids: readonly PhaseId[] }) {
  const text = useText()
  const method = useMethodology()
  return <p>{ids.map((id) => text(method.phases.phases[PHASES.indexOf(id)]!.name)).join(' · ')}</p>
}
