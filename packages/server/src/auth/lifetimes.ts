/** A session ends so long after it was last used, and so long after it began; as PostgreSQL writes intervals. */
export const SLIDING = '14 days'
export const ABSOLUTE = '90 days'
export const ABSOLUTE_SECONDS = 90 * 86_400
/** One-time links: an invitation may wait for the end of a holiday, a new password may not. */
export const LINK_LIFETIMES = { setup: '30 days', invitation: '14 days', reset: '24 hours' } as const
