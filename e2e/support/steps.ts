import type { Page } from 'playwright-core'

/** The drawing as it stands, to see whether it moved. */
export async function picture(page: Page): Promise<string> {
  const drawing = page.locator('figure svg[role=img], svg[role=img]').first()
  await drawing.waitFor()
  return drawing.innerHTML()
}

/** Picks from a list of the open form. */
export async function choose(page: Page, field: string, option: string | RegExp): Promise<void> {
  await page.getByRole('dialog').getByLabel(field, { exact: true }).first().click()
  await page.getByRole('option', { name: option }).first().click()
}
