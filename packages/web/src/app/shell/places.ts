import { IconBook2, IconBriefcase2, IconSettings, IconSun } from '@tabler/icons-react'

/** The main places, in the order of the navigation; `key` is pressed after `g`. */
export const PLACES = [
  { to: '/', name: 'today', icon: IconSun, key: 't' },
  { to: '/deals', name: 'deals', icon: IconBriefcase2, key: 'd' },
  { to: '/method', name: 'method', icon: IconBook2, key: 'm' },
  { to: '/settings', name: 'settings', icon: IconSettings, key: 's' },
] as const
