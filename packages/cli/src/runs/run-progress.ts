import type { RunEvent } from '@rollcall/core/schema'

/** What becomes of a run, step by step; of each answer its words, then how it ended. */
export type RunProgress = ({ event: 'text' } & RunEvent<'text'>) | ({ event: 'answer' } & RunEvent<'answer'>)
