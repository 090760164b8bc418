import type { Seeded } from '../seeded.ts'

/** Makers of open models and the families they are known for; generated lists draw on them. */
export const families = [
  ['meta-llama', 'Meta', 'Llama-3.1'],
  ['meta-llama', 'Meta', 'Llama-3.2'],
  ['Qwen', 'Qwen', 'Qwen2.5'],
  ['Qwen', 'Qwen', 'Qwen2.5-Coder'],
  ['Qwen', 'Qwen', 'Qwen3'],
  ['Qwen', 'Qwen', 'Qwen3-VL'],
  ['mistralai', 'Mistral AI', 'Ministral-3'],
  ['mistralai', 'Mistral AI', 'Mixtral'],
  ['google', 'Google', 'gemma-3'],
  ['google', 'Google', 'gemma-4'],
  ['deepseek-ai', 'DeepSeek', 'DeepSeek-R1-Distill'],
  ['deepseek-ai', 'DeepSeek', 'DeepSeek-V3.2'],
  ['nvidia', 'NVIDIA', 'Nemotron-3'],
  ['zai-org', 'Z.ai', 'GLM-4.7'],
  ['MiniMaxAI', 'MiniMax', 'MiniMax-M2'],
  ['ibm-granite', 'IBM', 'granite-4.1'],
  ['microsoft', 'Microsoft', 'phi-4'],
  ['allenai', 'Ai2', 'Olmo-3'],
  ['NousResearch', 'Nous Research', 'Hermes-4'],
  ['LiquidAI', 'Liquid AI', 'LFM2'],
] as const

export const parameterSizes = [
  '1B',
  '3B',
  '4B',
  '7B',
  '8B',
  '9B',
  '12B',
  '14B',
  '24B',
  '27B',
  '32B',
  '49B',
  '70B',
  '72B',
  '120B',
  '235B-A22B',
  '405B',
] as const

export const variants = [
  'Instruct',
  'Thinking',
  'Base',
  'Chat',
  'Coder',
  'Preview',
  'FP8',
  'Turbo',
  'Lite',
  'Vision',
] as const

const openings = [
  'A general model for long conversations and everyday writing',
  'A compact model that runs fast and costs little',
  'A mixture of experts that wakes only a few of them per token',
  'A model trained to plan, call tools and check its own work',
  'A model for code: it reads repositories, edits files and explains them',
  'A multilingual model that keeps to the language it is asked in',
  'A model that looks at pictures and documents and answers about them',
  'A research preview whose behaviour may still change',
] as const

const endings = [
  'It keeps its footing over long inputs and is modest about what it does not know.',
  'Use it where latency matters more than the last point of quality.',
  'It follows a system prompt closely and returns structured output when asked.',
  'Teams pick it for agents that must run for hours without losing the thread.',
  'Its predecessor stays available until the end of the quarter.',
  'The weights are open under a permissive licence.',
] as const

export function describe(seeded: Seeded): string {
  return `${seeded.pick(openings)}. ${seeded.pick(endings)}`
}
