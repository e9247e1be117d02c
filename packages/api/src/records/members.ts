import { z } from 'zod'
import { PERMISSIONS, ROLES } from '../permissions.ts'
import { Currency, Id, Moment } from './shapes.ts'

export const Language = z.enum(['en', 'zh'])
export const Role = z.enum(ROLES)
export const Permission = z.enum(PERMISSIONS)

export const Member = z.strictObject({
  id: Id,
  version: z.int(),
  email: z.string(),
  name: z.string(),
  role: Role,
  sensitive: z.boolean().optional(),
  disabled: z.boolean(),
  hasPassword: z.boolean(),
  teamIds: z.array(Id),
  createdAt: Moment,
})
export type Member = z.infer<typeof Member>
export const Me = z.strictObject({
  member: Member,
  workspace: z.strictObject({
    id: Id,
    name: z.string(),
    language: Language,
    timeZone: z.string(),
    currency: Currency,
    today: z.iso.date(),
    sample: z.boolean(),
  }),
  permissions: z.array(Permission),
  language: Language.optional(),
  theme: z.enum(['light', 'dark', 'auto']).optional(),
  preferences: z.record(z.string(), z.unknown()),
  csrfToken: z.string().optional().meta({ description: 'Of this session: send it as X-CSRF-Token with every change' }),
})
export type Me = z.infer<typeof Me>
