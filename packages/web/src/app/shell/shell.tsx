import { Outlet, useNavigate } from '@tanstack/react-router'
import { useCallback, useDeferredValue, useState } from 'react'
import { filesPlace } from '../../shared/files/files.ts'
import { useConflict } from '../../shared/api/conflicts.ts'
import { useLive } from '../../shared/api/live.ts'
import { useMay, useMe } from '../../shared/api/me.ts'
import { useOutbox } from '../../shared/api/outbox.ts'
import { later } from '../../shared/later/later.tsx'
import { useShortcut } from '../../shared/shortcuts/shortcuts.ts'
import { say, undoLast } from '../../shared/undo/undo.tsx'
import { ScreenWaiting } from '../root.tsx'
import { ConnectionLine } from './connection-line.tsx'
import { EndedLine } from './ended-line.tsx'
import { Header } from './header.tsx'
import { BottomBar, SideBar } from './navigation.tsx'
import { PLACES } from './places.ts'
import classes from './shell.module.css'
import { useShellWords } from './words.ts'

const Search = later(() => import('../../features/search/search.tsx').then((file) => file.Search), { fails: 'over' })
const QuickNote = later(() => import('../../features/note/quick-note.tsx').then((file) => file.QuickNote), {
  fails: 'over',
})
const ConflictDialog = later(() => import('../../features/deal/conflicts.tsx').then((file) => file.ConflictDialog), {
  fails: 'over',
})
const Help = later(() => import('./help.tsx').then((file) => file.Help), { fails: 'over' })

/** Opens wherever one edits, when somebody else changed the same fields meanwhile. */
function Conflicts() {
  const conflict = useConflict()
  return (
    conflict && (
      <ConflictDialog
        key={`${conflict.current.id}@${conflict.current.version}`}
        conflict={conflict}
        onClose={() => conflict.settle([])}
      />
    )
  )
}

/** Once it is known who reads: lists and deals follow what others change, and notes that wait on this device are sent. */
function Live() {
  const t = useShellWords()
  useLive()
  useOutbox(useCallback((count: number) => say(t('sent', { count })), [t]))
  return null
}

function GoTo({ to, name, keys }: { to: (typeof PLACES)[number]['to']; name: string; keys: string }) {
  const t = useShellWords()
  const navigate = useNavigate()
  useShortcut({ keys, says: t('keys.go', { place: name }), area: t('everywhere'), run: () => void navigate({ to }) })
  return null
}

/** What stands around every screen: navigation, header, and the dialogs that open from anywhere. */
export function Shell() {
  const t = useShellWords()
  const me = useMe()
  // What stands around the screen is painted first; the screen follows, in slices that let the page answer meanwhile.
  const begun = useDeferredValue(true, false)
  const [searching, setSearching] = useState(false)
  const [helping, setHelping] = useState(false)
  const [noting, setNoting] = useState(false)
  const may = useMay('deals:write')
  useShortcut({
    keys: 'mod+k',
    says: t('keys.search'),
    area: t('everywhere'),
    run: () => filesPlace === undefined && setSearching(true),
  })
  useShortcut({
    keys: '/',
    says: t('keys.search'),
    area: t('everywhere'),
    run: () => filesPlace === undefined && setSearching(true),
  })
  useShortcut({ keys: 'w', says: t('keys.note'), area: t('everywhere'), run: () => may && setNoting(true) })
  useShortcut({ keys: '?', says: t('keys.help'), area: t('everywhere'), run: () => setHelping(true) })
  useShortcut({ keys: 'mod+z', says: t('keys.undo'), area: t('everywhere'), run: () => void undoLast() })
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('skip')}
      </a>
      {PLACES.map(({ to, name, key }) => (
        <GoTo key={to} to={to} name={t(name)} keys={`g ${key}`} />
      ))}
      {me && <Live />}
      <SideBar />
      <Header
        onSearch={() => setSearching(true)}
        onHelp={() => setHelping(true)}
        {...(may && { onNote: () => setNoting(true) })}
      />
      <main id="content" tabIndex={-1} className={classes.main}>
        <ConnectionLine />
        <EndedLine />
        {begun ? <Outlet /> : <ScreenWaiting />}
      </main>
      <BottomBar onSearch={() => setSearching(true)} />
      {noting && <QuickNote onClose={() => setNoting(false)} />}
      {searching && <Search onClose={() => setSearching(false)} />}
      <Conflicts />
      {helping && <Help onClose={() => setHelping(false)} />}
    </div>
  )
}
