import { Email, plainAddress } from '@sente/api'
import { z } from 'zod'
import { fieldFaults } from '../../store/field-faults.ts'
import { newId } from '../../store/ids.ts'
import type { Batch, Outcome } from './batch.ts'
import type { ParsedRow } from '../files/row.ts'
import type { RowFault } from '../files/problem.ts'

const Member = z.strictObject({
  record: z.literal('member'),
  email: Email,
  name: z.string().min(1).max(500),
  role: z.enum(['administrator', 'manager', 'seller', 'viewer']),
  sensitive: z.boolean().optional(),
  disabled: z.boolean().optional(),
})
const Settings = z.strictObject({
  record: z.literal('workspace'),
  sente: z.literal(1),
  name: z.string().min(1).max(500),
  language: z.enum(['en', 'zh']),
  timeZone: z.string().max(100),
  currency: z.string().regex(/^[A-Z]{3}$/),
})
const Team = z.strictObject({
  record: z.literal('team'),
  name: z.string().min(1).max(500),
  members: z.array(z.string()),
})
const Share = z.strictObject({
  record: z.literal('share'),
  dealId: z.uuid(),
  member: z.string().optional(),
  team: z.string().optional(),
  mayWrite: z.boolean(),
  sensitive: z.boolean(),
})

/** A line of an export of ours, with what kind it says it is. */
export interface Line {
  row: ParsedRow
  kind: string
  record: Record<string, unknown>
}

export const linesOf = (lines: readonly Line[], kinds: readonly string[]): Line[] =>
  lines.filter(({ kind }) => kinds.includes(kind))

/** A workspace in which there is nothing yet becomes the one of the export, with its name, clock and money; any other keeps its own. */
export async function settings(
  { tx, directory, faults }: Batch,
  lines: readonly Line[],
  outcome: Outcome,
  writes: (() => Promise<void>)[],
): Promise<void> {
  for (const { row, record } of lines) {
    const parsed = Settings.safeParse(record)
    if (!parsed.success) {
      faults.push(...rowFaultsOf(row, parsed.error, Settings))
      continue
    }
    const { name, language, timeZone, currency } = parsed.data
    const values = [tx.workspaceId, name, language, timeZone, currency]
    const [differs] = !directory.administers
      ? []
      : await tx.rows(
          `select
           from workspace w
           where id = $1
             and (name, language, time_zone, currency) is distinct from ($2, $3, $4, $5)
             and exists (select from pg_timezone_names where name = $4)
         and not exists (select from account where workspace_id = $1)
           and not exists (select from deal where workspace_id = $1)`,
          values,
        )
    outcome[differs ? 'updated' : 'unchanged']++
    if (differs)
      writes.push(
        async () =>
          void (await tx.rows(
            `update workspace
             set name = $2, language = $3, time_zone = $4, currency = $5, version = version + 1
             where id = $1`,
            values,
          )),
      )
  }
}

/** Members and teams that the workspace does not have yet. */
export async function people(
  { tx, directory, faults, afterCommit }: Batch,
  lines: readonly Line[],
  outcome: Outcome,
  writes: (() => Promise<void>)[],
): Promise<void> {
  const mayMake = directory.administers
  for (const { row, record } of linesOf(lines, ['member'])) {
    const member = Member.safeParse(record)
    if (!member.success) faults.push(...rowFaultsOf(row, member.error, Member))
    else if (directory.member(member.data.email) || !mayMake) outcome.unchanged++
    else {
      outcome.created++
      const fresh = {
        id: newId(),
        email: member.data.email,
        name: member.data.name,
        works: member.data.disabled !== true && member.data.role !== 'viewer',
      }
      directory.addMember(fresh)
      afterCommit.push(() => directory.keepMembers())
      // Without a password: an administrator sends each a link.
      writes.push(
        async () =>
          void (await tx.rows(
            `insert into member (workspace_id, id, email, name, role, sensitive, disabled_at)
             values ($1, $2, $3, $4, $5, $6, case when $7 then now() end)
             on conflict do nothing`,
            [
              tx.workspaceId,
              fresh.id,
              fresh.email,
              fresh.name,
              member.data.role,
              member.data.sensitive ?? null,
              member.data.disabled === true,
            ],
          )),
      )
    }
  }
  for (const { row, record } of linesOf(lines, ['team'])) {
    const team = Team.safeParse(record)
    if (!team.success) faults.push(...rowFaultsOf(row, team.error, Team))
    else if (
      !mayMake ||
      (await tx.rows('select from team where workspace_id = $1 and name = $2', [tx.workspaceId, team.data.name]))
        .length > 0
    )
      outcome.unchanged++
    else {
      outcome.created++
      writes.push(async () => {
        const [made] = await tx.rows<{ id: string }>(
          'insert into team (workspace_id, id, name) values ($1, $2, $3) returning id',
          [tx.workspaceId, newId(), team.data.name],
        )
        await tx.rows(
          `insert into team_member (workspace_id, team_id, member_id)
           select $1, $2, id
           from member
           where workspace_id = $1 and email = any($3::text[])`,
          [tx.workspaceId, made!.id, team.data.members.map(plainAddress)],
        )
      })
    }
  }
}

/** Shares of deals, by whoever may give them. */
export async function shares(
  { tx, directory, faults }: Batch,
  lines: readonly Line[],
  outcome: Outcome,
  writes: (() => Promise<void>)[],
): Promise<void> {
  for (const { row, record } of lines) {
    const share = Share.safeParse(record)
    if (!share.success) {
      faults.push(...rowFaultsOf(row, share.error, Share))
      continue
    }
    // Whose deals somebody may pass on is a question the lines cannot answer.
    if (!directory.administers) {
      outcome.unchanged++
      continue
    }
    const { dealId, member, team, mayWrite, sensitive } = share.data
    const known = member === undefined ? undefined : directory.member(member)
    outcome.created++
    writes.push(async () => {
      await tx.rows(
        `insert into deal_share (workspace_id, id, deal_id, member_id, team_id, may_write, sensitive, created_by)
         select $1, $2, d.id, $4::uuid, t.id, $6, $7, $8
         from deal d
         left join team t on t.workspace_id = $1 and t.name = $5
         where d.workspace_id = $1 and d.id = $3 and ($4::uuid is null) <> (t.id is null)
           and not exists (select
             from deal_share s
             where s.workspace_id = $1 and s.deal_id = d.id and s.member_id is not distinct from $4::uuid and s.team_id is not distinct from t.id)`,
        [tx.workspaceId, newId(), dealId, known?.id ?? null, team ?? null, mayWrite, sensitive, tx.actorId ?? null],
      )
    })
  }
}

export const rowFaultsOf = (row: ParsedRow, error: z.ZodError, schema: z.ZodType): RowFault[] =>
  fieldFaults('', error.issues, schema).map(({ field, what, nearest }) => ({
    row: row.row,
    field: field.replace(/^\./, '').slice(0, 200),
    what,
    ...(nearest === undefined ? {} : { nearest }),
  }))
