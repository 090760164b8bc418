import { z } from 'zod'

/** What whoever opens the front door must know before they have an account. */
export const Instance = z.object({
  version: z.string(),
  has_account: z.boolean().meta({ description: 'without one, the next to register is the admin' }),
  registration: z.enum(['open', 'invite', 'closed']).meta({
    description: 'what holds for whoever asks; for the first account `open`, also with a set-up code',
  }),
  wants_setup_code: z.boolean().meta({ description: 'the first account wants the code printed at start' }),
  demo: z
    .object({
      email: z.string(),
      password: z.string(),
      keys: z.record(z.string(), z.string()).meta({ description: 'by provider; worth nothing elsewhere' }),
      notice: z.string().meta({ description: 'what this is, in a few words for people' }),
    })
    .nullable()
    .meta({ description: 'null unless the models here are made up' }),
})
export type Instance = z.infer<typeof Instance>
