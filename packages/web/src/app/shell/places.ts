import { filesPlace } from '../../shared/files/files.ts'
import { IconBook2, IconBriefcase2, IconListCheck, IconSettings, IconSun } from '@tabler/icons-react'

/** The main places, in the order of the navigation; `key` is pressed after `g`. */
const ALL = [
  { to: '/', name: 'today', icon: IconSun, key: 't' },
  { to: '/deals', name: 'deals', icon: IconBriefcase2, key: 'd' },
  { to: '/review', name: 'review', icon: IconListCheck, key: 'r' },
  { to: '/method', name: 'method', icon: IconBook2, key: 'm' },
  { to: '/settings', name: 'settings', icon: IconSettings, key: 's' },
] as const

/** On files: the deals and the method. Today and settings are of a workspace. */
const ON_FILES: ReadonlySet<string> = new Set(['deals', 'method'])
export const PLACES = filesPlace === undefined ? ALL : ALL.filter(({ name }) => ON_FILES.has(name))
