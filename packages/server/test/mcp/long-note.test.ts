import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { onDatabase } from '../support/database.ts'
import { livingApp } from '../support/living-app.ts'
import { livingDeal } from '../support/living-deal.ts'
import { Assistant } from './support.ts'
import type { Written } from './support.ts'

const SENTENCES =
  '今天上午拜访了周总，他说预算已经批了，下周三开评审会。张工担心接口不稳定，问我们有没有案例。竞争对手华信上个月去见过李总。我们答应周五之前发方案。'

onDatabase((db) => {
  test('while a long note is read for an assistant’s preview, others are answered: it is read beside the main thread', async () => {
    const { app, workspace, seller, today } = await livingApp(db)
    try {
      const { dealId } = await livingDeal(seller, today)
      await app.listen({ port: 0, host: '127.0.0.1' })
      const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
      const client = new Client({ name: 'test', version: '1' })
      await client.connect(
        new StreamableHTTPClientTransport(new URL('/mcp', address), {
          requestInit: { headers: { authorization: `Bearer ${workspace.members.seller.token}` } },
        }) as never,
      )
      const note = (text: string) => ({ deal: dealId, on: today, text })
      // The reader is loaded by then.
      await new Assistant(client).call('capture_note', note('预算已经批了。'))
      const order: string[] = []
      const long = new Assistant(client)
        .call<Written>('capture_note', note(SENTENCES.repeat(300).slice(0, 10_000)))
        .then((preview) => {
          order.push('note')
          return preview
        })
      // It has begun, as far as the server has heard of it.
      await fetch(`${address}/api/v1/health`).then((answer) => answer.text())
      for (let i = 0; i < 5; i++) {
        await fetch(`${address}/api/v1/deals/${dealId}`, {
          headers: { authorization: `Bearer ${workspace.members.seller.token}` },
        }).then((answer) => answer.text())
        order.push('other')
      }
      expect((await long).written).toBe(false)
      expect(order).toEqual(['other', 'other', 'other', 'other', 'other', 'note'])
      await client.close()
    } finally {
      await app.close()
    }
  })
})
