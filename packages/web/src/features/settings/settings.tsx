import { useParams } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Permission } from '@sente/api'
import { useMe } from '../../shared/api/me.ts'
import { Page } from '../../shared/page/page.tsx'
import { NoPermission, Waiting } from '../../shared/states/states.tsx'
import { Audit } from './audit.tsx'
import { Calendar } from './calendar.tsx'
import { Export } from './export.tsx'
import { Import } from './import.tsx'
import { Members } from './members.tsx'
import { Profile } from './profile.tsx'
import { Teams } from './teams.tsx'
import { Tokens } from './tokens.tsx'
import { Webhooks } from './webhooks.tsx'
import { Workspace } from './workspace.tsx'
import classes from './settings.module.css'
import { useSettingsWords } from './words.ts'

/** The parts of the settings with the right each needs; a part one may not use is not offered. */
const SECTIONS = {
  profile: { part: Profile },
  calendar: { part: Calendar },
  tokens: { part: Tokens },
  members: { part: Members, needs: 'members:read' },
  teams: { part: Teams, needs: 'members:read' },
  import: { part: Import, needs: 'import' },
  export: { part: Export, needs: 'export' },
  audit: { part: Audit, needs: 'audit:read' },
  webhooks: { part: Webhooks, needs: 'workspace:manage' },
  workspace: { part: Workspace, needs: 'workspace:manage' },
} as const satisfies Record<string, { part: ComponentType; needs?: Permission }>
type Section = keyof typeof SECTIONS

export function SettingsScreen() {
  const t = useSettingsWords()
  const me = useMe()
  const { section: asked } = useParams({ strict: false })
  const section: Section = asked !== undefined && asked in SECTIONS ? (asked as Section) : 'profile'
  const may = (name: Section): boolean => {
    const needs = 'needs' in SECTIONS[name] ? (SECTIONS[name] as { needs: Permission }).needs : undefined
    return needs === undefined || (me?.permissions.includes(needs) ?? false)
  }
  const Part = SECTIONS[section].part
  return (
    <Page title={t('title')}>
      <div className={classes.layout}>
        <nav className={classes.nav} aria-label={t('title')}>
          {(Object.keys(SECTIONS) as Section[]).filter(may).map((name) => (
            <Link
              key={name}
              to="/settings/$section"
              params={{ section: name }}
              className={classes.navLink}
              data-active={name === section || undefined}
              aria-current={name === section ? 'page' : undefined}
            >
              {t(`sections.${name}`)}
            </Link>
          ))}
        </nav>
        <div className={classes.content}>
          {me === undefined ? <Waiting like="text" count={8} /> : may(section) ? <Part /> : <NoPermission />}
        </div>
      </div>
    </Page>
  )
}
