import { accounts, people, work } from './accounts.ts'
import { deals } from './deals.ts'
import { exchange } from './exchange.ts'
import { facts } from './facts.ts'
import { auth, members, workspace } from './members.ts'

/** Every operation of the API, by area. */
export const routes = { auth, members, workspace, deals, facts, accounts, people, work, exchange }
export type Routes = typeof routes
