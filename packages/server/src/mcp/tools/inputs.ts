import { isPlainDate } from '@sente/engine'
import { z } from 'zod'

// What tools take. Everything is bounded: an argument comes from a program that may be told anything.

export const DealArg = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .meta({ description: 'The deal: its id, its name, or a part of its name that no other open deal has' })
export const DayArg = z
  .string()
  .refine((day) => isPlainDate(day), {
    error: 'Must be a calendar day such as 2025-04-02.',
    params: { zh: '必须是 2025-04-02 这样的日期。' },
  })
  .meta({ description: 'A calendar day, YYYY-MM-DD', format: 'date' })
export const AsOf = DayArg.optional().meta({
  description: 'As it could be known at the end of this day (YYYY-MM-DD); default today',
  format: 'date',
})
export const PersonArg = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .meta({ description: 'Somebody of the customer: key or name' })
export const PlayArg = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .meta({ description: 'Id of a play of the method, such as proof_pack' })
export const StepArg = z.string().trim().min(1).max(140)
export const LineArg = z.string().trim().min(1).max(500)
