export { answerFacts, type KnownPrice } from './answer-facts.ts'
export { type AskModel, type AskModelOptions, createAskModel, type ModelQuestion } from './ask-model.ts'
export { RUN_LIMITS, type RunLimits } from './run-limits.ts'
export type { RunFailed, RunFinish, RunPart, RunToken } from './run-part.ts'
