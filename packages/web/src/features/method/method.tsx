import { Link, useParams } from '@tanstack/react-router'
import { useMethodology } from '../../shared/method/methodology.ts'
import { useText } from '../../shared/i18n/use-lang.ts'
import { Page } from '../../shared/page/page.tsx'
import { ListAndEntry } from './list.tsx'
import classes from './method.module.css'
import { isSection, SECTIONS } from './model.ts'
import { Overview } from './overview.tsx'
import { PeopleOfMethod } from './people.tsx'
import { useMethodWords } from './words.ts'

/** On a narrow screen the tabs scroll sideways, and the chosen one should be seen. */
function showChosen(tabs: HTMLElement | null): void {
  const chosen = tabs?.querySelector<HTMLElement>('[aria-current]')
  if (tabs && chosen) tabs.scrollLeft = chosen.offsetLeft - tabs.offsetLeft - tabs.clientWidth / 3
}

/** The method, to be read: one address for each thing in it. */
export function MethodScreen() {
  const t = useMethodWords()
  const text = useText()
  const method = useMethodology()
  const { section: asked, id } = useParams({ strict: false })
  const section = isSection(asked) ? asked : null
  return (
    <Page
      title={section ? `${t('title')} · ${t(`sections.${section}`)}` : t('title')}
      above={t('version', { name: text(method.method.name), version: method.method.version })}
    >
      <nav className={classes.tabs} aria-label={t('title')} ref={showChosen} key={`tabs-${section}`}>
        <Link to="/method" activeOptions={{ exact: true, includeSearch: false }} className={classes.tab}>
          {t('sections.overview')}
        </Link>
        {SECTIONS.map((name) => (
          <Link
            key={name}
            to="/method/$section"
            params={{ section: name }}
            activeOptions={{ includeSearch: false }}
            className={classes.tab}
          >
            {t(`sections.${name}`)}
          </Link>
        ))}
      </nav>
      {section === null ? (
        <Overview />
      ) : section === 'people' ? (
        <PeopleOfMethod />
      ) : (
        <ListAndEntry key={section} section={section} id={id ?? null} />
      )}
    </Page>
  )
}
