/** The calendar day it is in a time zone; UTC where the zone is not known here. */
export function todayIn(timeZone: string, now = new Date()): string {
  return format(timeZone).format(now)
}

const formats = new Map<string, Intl.DateTimeFormat>()
function format(timeZone: string): Intl.DateTimeFormat {
  let known = formats.get(timeZone)
  if (!known) {
    const zone = isTimeZone(timeZone) ? timeZone : 'UTC'
    // Canada writes days as ISO 8601 does.
    known = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    formats.set(timeZone, known)
  }
  return known
}

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
