import { z } from 'zod'

/** What every database keeps as it is: PostgreSQL takes no NUL, and half a character is kept by none. */
export const Text = z
  .string()
  .refine((text) => text.isWellFormed() && !text.includes('\0'), 'holds a character that cannot be stored')
