import { expect, it } from 'vitest'
import { readableName } from './readable-name.ts'

it.each([
  ['gpt-4o-mini-2024-07-18', 'GPT-4o mini (2024-07-18)'],
  ['gpt-5.2-pro', 'GPT-5.2 Pro'],
  ['gpt-3.5-turbo', 'GPT-3.5 Turbo'],
  ['chatgpt-4o-latest', 'ChatGPT-4o Latest'],
  ['o4-mini-deep-research', 'o4 mini Deep Research'],
  ['dall-e-3', 'DALL·E 3'],
  ['tts-1-hd', 'TTS 1 HD'],
  ['text-embedding-3-small', 'Text Embedding 3 Small'],
  ['gpt-4o-2024-08-06-preview', 'GPT-4o Preview (2024-08-06)'],
  ['claude-opus-4-20250514', 'Claude Opus 4 (20250514)'],
  ['command-r-08-2024', 'Command R (08-2024)'],
  ['mistral-ocr-latest', 'Mistral OCR Latest'],
  ['deepseek-v3.1', 'DeepSeek v3.1'],
  ['accounts/fireworks/models/qwen3-vl-8b', 'Qwen3 VL 8b'],
  ['meta-llama/Llama-3.3-70B-Instruct-Turbo', 'Llama 3.3 70B Instruct Turbo'],
  ['ft:gpt-4o-mini-2024-07-18:acme:support:B1', 'GPT-4o mini (2024-07-18) fine-tune support'],
  ['ft:gpt-4o:acme::B1', 'GPT-4o fine-tune'],
  ['2024-07-18', '2024 07 18'],
  ['constructor', 'Constructor'],
  ['__proto__', 'Proto'],
  ['---', '---'],
  ['/', '/'],
  ['a/', 'A/'],
  ['m', 'M'],
])('%s reads "%s"', (id, name) => {
  expect(readableName(id)).toBe(name)
})
