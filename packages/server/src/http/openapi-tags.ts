/** What the parts of the API are about, for whoever reads its document. */
export const TAGS: Readonly<Record<string, string>> = {
  'Signing in': 'Who you are: sessions, passwords, API tokens.',
  Members: 'Colleagues, their roles and teams.',
  Workspace: 'Settings of the workspace, saved views, the sample team.',
  Deals: 'Deals with all that is known of them, their briefs, pages for meetings, notes.',
  Facts: 'What is recorded in a deal, by its kind.',
  Accounts: 'Customers, and the account plan that their deals fill.',
  People: 'People of customers.',
  Plan: 'Whom to see, when and with what; how it went; promises; the war game.',
  Calendar: 'Steps in the calendars of those who go, and days on which they cannot.',
  'Joint plan': 'What is done together with a customer, and the page they see of it.',
  Work: 'Today, search, undo, the audit trail, changes as they happen.',
  'Import and export': 'Files in and out.',
  Webhooks: 'Other software that is told of changes.',
}
