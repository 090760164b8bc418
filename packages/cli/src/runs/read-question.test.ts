import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { providerOf } from './model-provider.ts'
import { type QuestionOptions, readQuestion, readWords } from './read-question.ts'

const { signal } = new AbortController()

async function read(words: string[], options: QuestionOptions = {}, piped: string | Buffer | null = '') {
  const typed = readWords(words, options)
  const stdin = piped === null ? new PassThrough() : Readable.from([Buffer.from(piped)])
  return readQuestion(typed, options, {
    stdin: Object.assign(stdin, { isTTY: piped === null }),
    stderr: new PassThrough(),
    signal,
  })
}

describe('a question', () => {
  it('is for nobody where the provider is not known', () => {
    expect(providerOf('openai/a').name).toBe('OpenAI')
    expect(() => providerOf('opnai/a\u202e')).toThrow(
      'The provider of opnai/a\\u{202e} is not known. Providers are: openai, anthropic',
    )
  })

  it.each<[string[], string, string]>([
    [['Hello.'], '', 'Hello.'],
    [[], 'from a pipe\n', 'from a pipe'],
    [['-'], 'from a pipe\r\n', 'from a pipe'],
    [['Sum this up:'], '\n  two\nlines\n\n', 'Sum this up:\n\n\n  two\nlines\n'],
  ])('has its prompt from %j and %j', async (words, piped, prompt) => {
    expect(await read(['openai/a', ...words], {}, piped)).toMatchObject({ models: ['openai/a'], prompt })
  })

  it.each<[string[], string[] | undefined, string[], string]>([
    [['openai/a', 'Hi'], undefined, ['openai/a'], 'Hi'],
    [['Hi'], ['openai/a', 'groq/b/c'], ['openai/a', 'groq/b/c'], 'Hi'],
    [['openai/a', 'Hi'], ['groq/b'], ['openai/a', 'groq/b'], 'Hi'],
    // from a pipe: the only word is a model all the same
    [['openai/a'], ['groq/b'], ['openai/a', 'groq/b'], 'piped'],
    // whose provider a server may know
    [['new/model', 'Hi'], undefined, ['new/model'], 'Hi'],
  ])('of %j with -m %j is for %j: %s', (words, model, models, prompt) => {
    const typed = readWords(words, model ? { model } : {})
    expect(typed).toEqual({ models, prompt: prompt === 'piped' ? undefined : prompt })
  })

  it.each<[string, string[], QuestionOptions, string | Buffer | null, string]>([
    ['no model', [], {}, '', 'Name a model'],
    [
      'no id',
      ['gpt-4o', 'Hi'],
      {},
      '',
      'gpt-4o has no slash: write it as provider/model-name ("rollcall models --s',
    ],
    ['an empty id', ['', 'Hi'], {}, '', 'A model id is empty.'],
    ['an unseen character', ['openai/gpt\u200b-4o', 'Hi'], {}, '', 'openai/gpt\\u{200b}-4o holds'],
    ['one model twice', ['openai/a', 'Hi'], { model: ['openai/a'] }, '', 'The run names a model twice.'],
    ['five models', ['Hi'], { model: ['a/a', 'a/b', 'a/c', 'a/d', 'a/e'] }, '', 'more than 4 models'],
    ['no prompt', ['openai/a'], {}, '', 'The prompt is empty. Write it behind the model'],
    ['nobody who types', ['openai/a'], {}, null, 'There is no prompt. Write it behind'],
    ['many words', ['openai/a', 'Why', 'is', 'it'], {}, '', 'put it in quotes'],
    ['too much heat', ['openai/a', 'Hi'], { temperature: 2.1 }, '', '--temperature is more than 2.'],
    ['too much', ['openai/a', 'Hi'], { topP: 1.1 }, '', '--top-p is more than 1.'],
    [
      'half a token',
      ['openai/a', 'Hi'],
      { maxOutputTokens: 0.5 },
      '',
      '--max-output-tokens is no whole number.',
    ],
    ['half a second', ['openai/a', 'Hi'], { timeout: 500 }, '', '--timeout is from 1 to 600 seconds'],
    [
      'too long a prompt',
      ['openai/a'],
      {},
      'x'.repeat(200_001),
      'The prompt is longer than 200,000 characters.',
    ],
    ['far too long a prompt', ['openai/a'], {}, 'x'.repeat(900_000), 'longer than 200,000 characters.'],
    ['no text', ['openai/a'], {}, Buffer.from([0xff, 0xfe, 0x00]), 'no text in UTF-8'],
    ['NUL', ['openai/a', 'Hi'], { system: 'a\0' }, '', '--system holds a character that cannot be stored.'],
  ])('with %s says what is wrong', async (_, words, options, piped, sentence) => {
    const problem = await Promise.resolve(read(words, options, piped)).catch((error: unknown) => error)
    expect(problem).toBeInstanceOf(UsageError)
    expect((problem as UsageError).message).toContain(sentence)
  })
})
