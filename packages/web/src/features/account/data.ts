import type { CallOutput, routes } from '@sente/api'

/** What the server says of an account: its deals, people, notes and what stands around it. */
export type AccountData = CallOutput<typeof routes.accounts.get>
