import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.ts'
import { useDealView } from '../context.ts'
import { SECTIONS, sectionOf } from '../model/sections.ts'
import type { Section } from '../model/sections.ts'
import { FoldPicture } from '../parts/deal-picture.tsx'
import { useDealWords } from '../words.ts'
import classes from './head.module.css'

/** The sections as links: each has an address of its own. */
export function Tabs() {
  const t = useDealWords()
  const { dealId, brief, whole } = useDealView()
  const { section: named } = useParams({ strict: false }) as { section?: string }
  const navigate = useNavigate()
  const here = sectionOf(named)
  const list = useRef<HTMLUListElement>(null)
  // On a phone the tabs are wider than the screen: the chosen one is brought into sight.
  useEffect(() => {
    const center = (): void => {
      const [tabs, chosen] = [list.current, list.current?.querySelector<HTMLElement>(`[data-section=${here}]`)]
      if (tabs && chosen) tabs.scrollLeft = chosen.offsetLeft - (tabs.clientWidth - chosen.offsetWidth) / 2
    }
    center()
    // Letters of the real font are wider or narrower.
    void document.fonts.ready.then(center)
  }, [here])

  const go = (step: number): void => {
    const next = SECTIONS[(SECTIONS.indexOf(here) + step + SECTIONS.length) % SECTIONS.length]!
    void navigate({ to: '/deals/$dealId/$section', params: { dealId, section: next }, resetScroll: false })
  }
  useShortcut({ keys: ']', says: t('keys.next'), area: t('title'), run: () => go(1) })
  useShortcut({ keys: '[', says: t('keys.previous'), area: t('title'), run: () => go(-1) })
  useShortcut({
    keys: 'n',
    says: t('keys.note'),
    area: t('title'),
    run: () =>
      void navigate({ to: '/deals/$dealId/$section', params: { dealId, section: 'evidence' }, hash: 'capture' }),
  })

  const counts: Partial<Record<Section, number>> = {
    brief: brief.findings.length,
    evidence: (whole.evidence ?? []).filter(({ status }) => status === 'suggested').length,
    risks: brief.lead.startBy.filter(({ verdict, concern }) => concern === 'risk' && verdict !== 'normal').length,
  }
  return (
    <nav aria-label={t('sections')} className={`${classes.tabs} no-print`}>
      <ul ref={list}>
        {SECTIONS.map((section) => (
          <li key={section}>
            <Link
              to="/deals/$dealId/$section"
              params={{ dealId, section }}
              search={({ asOf }: { asOf?: string | undefined }) => ({ ...(asOf && { asOf }) })}
              resetScroll={false}
              data-section={section}
              aria-current={section === here ? 'page' : undefined}
              activeProps={{}}
            >
              {t(`section.${section}`)}
              {(counts[section] ?? 0) > 0 && <span className={classes.count}>{counts[section]}</span>}
            </Link>
          </li>
        ))}
      </ul>
      <FoldPicture />
    </nav>
  )
}
