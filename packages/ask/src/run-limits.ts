/** What one model's answer may cost us. Everything beyond is a named failure. */
export const RUN_LIMITS = {
  /** For the whole call, where no timeout is set. */
  totalMs: 300_000,
  /** Until the first token, where no timeout is set; whoever sets one has said how long a model may think. */
  firstTokenMs: 120_000,
  /** Between two tokens. */
  idleMs: 60_000,
  /** What a connection may take to close after the last word of an answer. */
  closingMs: 500,
  /** Of reasoning and answer together; the longest answers there are have some 800,000. */
  answerChars: 1_048_576,
  /** Events take some 300 bytes per token. */
  streamBytes: 64 * 1024 * 1024,
  /** Some APIs repeat the whole answer in their last event. */
  eventBytes: 8 * 1024 * 1024,
  errorBodyBytes: 64 * 1024,
  /** Google has long answers fetched in several calls. */
  calls: 16,
}

export type RunLimits = typeof RUN_LIMITS
