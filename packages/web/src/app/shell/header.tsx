import { ActionIcon, Button, Kbd, Menu, Tooltip, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconMoon,
  IconNotes,
  IconSearch,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMe } from '../../shared/api/me.ts'
import { clearDevice, endSession, unsent } from '../../shared/api/session.ts'
import { filesPlace } from '../../shared/files/files.ts'
import { setLang } from '../../shared/i18n/i18n.ts'
import { useLang } from '../../shared/i18n/use-lang.ts'
import { later } from '../../shared/later/later.tsx'
import { isMac } from '../../shared/shortcuts/shortcuts.ts'
import { useCommonWords } from '../../shared/words/common.ts'
import { Mark } from '../../shared/brand/mark.tsx'
import { OnFiles } from './on-files.tsx'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

const Unsent = later(() => import('./unsent.tsx').then((file) => file.Unsent), { fails: 'over' })

const SCHEMES = { light: IconSun, dark: IconMoon, auto: IconDeviceDesktop } as const

function ThemeMenu() {
  const t = useShellWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const Icon = SCHEMES[colorScheme]
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="lg" aria-label={t('theme')}>
          <Icon size={18} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {(Object.keys(SCHEMES) as (keyof typeof SCHEMES)[]).map((scheme) => {
          const Each = SCHEMES[scheme]
          return (
            <Menu.Item
              key={scheme}
              leftSection={<Each size={16} />}
              aria-current={scheme === colorScheme}
              fw={scheme === colorScheme ? 650 : undefined}
              onClick={() => setColorScheme(scheme)}
            >
              {t(scheme)}
            </Menu.Item>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}

function UserMenu() {
  const t = useShellWords()
  const me = useMe()
  const navigate = useNavigate()
  const [left, setLeft] = useState(0)
  const leave = async (): Promise<void> => {
    await endSession()
    await navigate({ to: '/signin' })
    await clearDevice()
  }
  const signOut = async (): Promise<void> => {
    const waiting = await unsent()
    setLeft(waiting)
    if (waiting === 0) await leave()
  }
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="lg" aria-label={t('account')}>
            <IconUserCircle size={20} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {me && (
            <Menu.Label>
              {me.member.name} · {me.workspace.name}
            </Menu.Label>
          )}
          <Menu.Item component={Link} to="/settings/profile">
            {t('profile')}
          </Menu.Item>
          <Menu.Item onClick={() => void signOut()}>{t('signOut')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {left > 0 && <Unsent count={left} onLeave={() => void leave()} onClose={() => setLeft(0)} />}
    </>
  )
}

export function Header({
  onSearch,
  onHelp,
  onNote,
}: {
  onSearch: () => void
  onHelp: () => void
  onNote?: () => void
}) {
  const t = useShellWords()
  const common = useCommonWords()
  const lang = useLang()
  return (
    <header className={classes.header}>
      <Link to="/" className={classes.brandSmall} aria-label={common('brand')}>
        <Mark />
      </Link>
      {filesPlace === undefined ? (
        <UnstyledButton className={classes.search} onClick={onSearch}>
          <IconSearch size={16} stroke={1.8} aria-hidden />
          <span>{t('search')}</span>
          <Kbd size="xs" aria-hidden>
            {isMac ? '⌘K' : 'Ctrl K'}
          </Kbd>
        </UnstyledButton>
      ) : (
        <OnFiles place={filesPlace} />
      )}
      <div className={classes.tools}>
        {onNote && (
          <Tooltip label={t('noteSays')}>
            <ActionIcon size="lg" aria-label={t('note')} onClick={onNote}>
              <IconNotes size={18} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          px="xs"
          aria-label={t('languageSays')}
          lang={lang === 'zh' ? 'en' : 'zh-CN'}
          onClick={() => void setLang(lang === 'zh' ? 'en' : 'zh')}
        >
          {t('language')}
        </Button>
        <ThemeMenu />
        <Tooltip label={t('help')}>
          <ActionIcon size="lg" visibleFrom="sm" aria-label={t('help')} onClick={onHelp}>
            <IconKeyboard size={18} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
        {filesPlace === undefined && <UserMenu />}
      </div>
    </header>
  )
}
