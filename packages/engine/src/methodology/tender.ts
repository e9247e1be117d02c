import { z } from 'zod'
import { Id, Text } from './words.ts'

const Milestones = z.array(z.string()).min(1)
/** Regular expressions that fit what people call the step, in each language. */
const Names = z.strictObject({ en: z.string().min(1), zh: z.string().min(1) })
const Step = z.strictObject({ milestones: Milestones, names: Names })
const Events = z.array(Id).min(1)

/** Rules under which a customer buys. The first that fits a public tender's place or currency holds, else the first without `applies`. */
export const TenderRegime = z.strictObject({
  id: Id,
  name: Text,
  /** It is the law, not only the customer's own rule. */
  law: z.boolean(),
  applies: z.strictObject({ currencies: z.array(z.string()), places: z.string() }).optional(),
  /** A notice alone begins the silence; otherwise only the customer's own wish does. */
  silence: z.boolean(),
  /** Roles through whom written questions may go while nobody else is met. */
  channel: z.array(Id).min(1),
  says: Text,
  /** What happens to who wrote the specification or the study. */
  specWriter: Text,
  sources: z.array(Text).min(1),
})
export type TenderRegime = z.infer<typeof TenderRegime>

export const TenderFile = z.strictObject({
  regimes: z.array(TenderRegime).min(1),
  /** The trait of a deal that is bought by public tender. */
  publicTrait: Id,
  /** The role of somebody who evaluates bids and is never contacted. */
  expertRole: Id,
  signs: z.strictObject({
    notice: Step,
    running: Step.extend({ events: Events }),
    over: Step.extend({ publicity: Step, events: Events }),
    experts: z.strictObject({ events: Events }),
    asked: z.strictObject({ events: Events }),
    /** Events that only a public tender has. */
    publicOnly: z.strictObject({ events: Events }),
  }),
})
export type TenderFile = z.infer<typeof TenderFile>
