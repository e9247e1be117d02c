import { Fault } from '../core/fault.ts'
import type { Asking } from '../auth/principal.ts'
import { lockDealFor, lockDeals } from '../store/gateway.ts'
import type { DealContext } from '../store/gateway.ts'
import { accessTo, accessToAll, visibilityOf, viewerOf } from '../store/visibility.ts'
import type { Access } from '../store/visibility.ts'
import { NotFound } from '../store/refusal.ts'
import type { Tx } from '../store/tenant.ts'

/** What the caller may do with a deal; a deal that they may not see is not there. */
export async function dealFor({ tx, principal }: Asking, dealId: string): Promise<Access> {
  const access = await accessTo(tx, viewerOf(principal), dealId)
  if (!access.read) throw new NotFound()
  return access
}

/** Who may only look is told so. */
async function writableDealFor(context: Asking, dealId: string): Promise<Access> {
  const access = await dealFor(context, dealId)
  if (!access.write) throw mayNotWrite()
  return access
}

/** The same, for a change: locked in one question, so that who may when it is asked still may when it is written; with what the caller may see of it. */
export async function lockWritableDeal(
  context: Asking,
  dealId: string,
): Promise<{ deal: DealContext; sensitive: boolean }> {
  const found = await lockDealFor(context.tx, viewerOf(context.principal), dealId)
  if (found) return { deal: found.deal, sensitive: found.access.sensitive }
  // Says why not.
  await writableDealFor(context, dealId)
  throw new NotFound()
}

/** All of them must be there and may be changed; locked, so that they still may when they are. */
export async function lockWritableDeals({ tx, principal }: Asking, dealIds: readonly string[]): Promise<void> {
  await lockDeals(tx, dealIds)
  const access = await accessToAll(tx, viewerOf(principal), dealIds)
  if (dealIds.some((id) => !access.has(id))) throw new NotFound()
  if (dealIds.some((id) => !access.get(id)!.write)) throw mayNotWrite()
}

const mayNotWrite = (): Fault =>
  new Fault('not-allowed', {
    detail: { en: 'You may look at this deal but not change it.', zh: '你可以查看这个商机，但不能修改。' },
  })

/**
 * Whose deals the caller may pass on (give to another owner, share): their own; a manager those of the teams, an administrator all. A share gives the
 * right to write a deal, not to pass it on.
 */
export async function passesOn({ tx, principal }: Asking): Promise<(ownerId: string) => boolean> {
  const viewer = viewerOf(principal)
  if (!viewer.write) return () => false
  const visibility = await visibilityOf(tx, viewer)
  return visibility.all ? () => true : (ownerId) => visibility.owners.includes(ownerId)
}

/** Refuses where one of the deals is not the caller's to pass on. Those that `to` owns already are passed on to nobody. */
export async function checkPassesOn(
  context: Asking,
  dealIds: readonly string[],
  to: string | null = null,
): Promise<void> {
  const deals = await context.tx.rows<{ owner_id: string }>(
    `select distinct owner_id
     from deal
     where workspace_id = $1 and id = any($2::uuid[]) and owner_id is distinct from $3::uuid`,
    [context.tx.workspaceId, dealIds, to],
  )
  if (deals.length === 0) return
  const may = await passesOn(context)
  if (deals.every((deal) => may(deal.owner_id))) return
  throw new Fault('not-allowed', {
    detail: {
      en: 'Only its owner, their manager or an administrator may share a deal or give it to somebody else.',
      zh: '只有负责人、其主管或管理员可以共享商机或更换负责人。',
    },
  })
}

/** Refuses to make a deal for somebody whose deals the caller has no say in. */
export async function checkCreatesFor(context: Asking, ownerId: string | undefined): Promise<void> {
  if (ownerId === undefined || ownerId === context.principal.member.id || (await passesOn(context))(ownerId)) return
  throw new Fault('not-allowed', {
    detail: { en: 'You may not create deals for this member.', zh: '你不能为这位成员创建商机。' },
    faults: [
      {
        field: 'body.ownerId',
        what: { en: 'Not a member whose deals you manage.', zh: '不是你可以管理其商机的成员。' },
      },
    ],
  })
}

/** An owner works on the deal: somebody who has gone or only looks cannot be one. */
export async function checkOwner(tx: Tx, ownerId: string | null | undefined): Promise<void> {
  if (typeof ownerId !== 'string') return
  const [member] = await tx.rows(
    `select
     from member
     where workspace_id = $1 and id = $2 and disabled_at is null and role <> 'viewer'`,
    [tx.workspaceId, ownerId],
  )
  if (!member)
    throw new Fault('invalid-input', {
      faults: [
        {
          field: 'body.ownerId',
          what: { en: 'Must be an active member who may write deals.', zh: '必须是有权修改商机的在职成员。' },
        },
      ],
    })
}
