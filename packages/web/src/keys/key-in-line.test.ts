import { expect, it } from 'vitest'
import { keyInLine } from './key-in-line.ts'

it.each([
  'OPENAI_API_KEY=sk-x1',
  'OPENAI_API_KEY = sk-x1',
  'export OPENAI_API_KEY="sk-x1";',
  "export OPENAI_API_KEY='sk-x1'",
  '"sk-x1"',
  "'sk-x1'",
  '`sk-x1`',
  'Bearer sk-x1',
  'Authorization: Bearer sk-x1',
  '"Authorization: Bearer sk-x1"',
  'x-api-key: sk-x1',
  '"openai_api_key": "sk-x1",',
  '  sk-x1;  ',
])('finds the key in %j', (text) => {
  expect(keyInLine(text)).toBe('sk-x1')
})

it.each([
  '',
  ' ',
  'sk-x1',
  ' sk-x1 ',
  'c2stYWJj==',
  'c2stYWI=',
  'name:secret',
  'bearer',
  'Bearer two words',
  'KEY=',
  '"',
  '""',
])('leaves %j alone', (text) => {
  expect(keyInLine(text)).toBeUndefined()
})
