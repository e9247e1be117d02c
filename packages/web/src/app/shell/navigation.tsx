import { UnstyledButton } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useCommonWords } from '../../shared/words/common.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { filesPlace } from '../../shared/files/files.ts'
import { PLACES } from './places.ts'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

const exact = (to: string): { exact: boolean } => ({ exact: to === '/' })

export function SideBar() {
  const t = useShellWords()
  const common = useCommonWords()
  return (
    <nav className={classes.side} aria-label={t('main')}>
      <Link to="/" className={classes.brand}>
        <Mark />
        <span>{common('brand')}</span>
      </Link>
      <ul className={classes.places}>
        {PLACES.map(({ to, name, icon: Icon }) => (
          <li key={to} className={name === 'settings' ? classes.last : undefined}>
            <Link to={to} className={classes.place} activeOptions={exact(to)}>
              <Icon size={18} stroke={1.7} aria-hidden />
              <span>{t(name)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** On a telephone the same places lie under the thumb. */
export function BottomBar({ onSearch }: { onSearch: () => void }) {
  const t = useShellWords()
  return (
    <nav className={classes.bottom} aria-label={t('main')}>
      {PLACES.map(({ to, name, icon: Icon }) => (
        <Link key={to} to={to} className={classes.tab} activeOptions={exact(to)}>
          <Icon size={20} stroke={1.7} aria-hidden />
          <span>{t(name)}</span>
        </Link>
      ))}
      {filesPlace === undefined && (
        <UnstyledButton className={classes.tab} onClick={onSearch}>
          <IconSearch size={20} stroke={1.7} aria-hidden />
          <span>{t('searchShort')}</span>
        </UnstyledButton>
      )}
    </nav>
  )
}
