import { describe, expect, it } from 'vitest'
import { problemOfRange, readView, toQuery, writeView } from './usage-view.ts'

const read = (query: string) => readView(new URLSearchParams(query))
const USUAL = read('')

describe('the view of usage', () => {
  it.each([
    '',
    'days=7',
    'from=2026-01-01&to=2026-12-31',
    'provider=openai&show=tokens',
    'days=90&model=openai%2Fgpt-4o&show=first_token&bars=provider&by=day&sort=-cost',
  ])('is the same again from its address: %s', (query) => {
    expect(new URLSearchParams(writeView(read(query))).toString()).toBe(query)
  })

  it.each([
    'days=0',
    'days=367',
    'days=week',
    'from=2026-02-01&to=2026-01-01',
    'from=2024-01-01&to=2026-01-01',
    'from=2026-13-01&to=x',
    'show=love&bars=day&by=hour&sort=-nothing',
  ])('passes over what is broken: %s', (query) => {
    expect(read(query)).toEqual(USUAL)
  })

  it('asks the server for the range and what narrows it', () => {
    expect(toQuery(read('days=7&provider=openai&show=tokens'))).toEqual({ days: 7, provider: 'openai' })
    expect(toQuery(read('from=2026-01-01&to=2026-01-31&model=a/b'))).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
      model: 'a/b',
    })
  })
})

it.each([
  ['2026-01-01', '2026-01-01', undefined],
  ['2026-01-01', '2027-01-01', undefined],
  ['2026-01-01', '2027-01-02', 'At most 366 days at a time.'],
  ['2026-01-02', '2026-01-01', 'The first day is after the last one.'],
  ['', '2026-01-01', 'Choose a first and a last day.'],
  ['0002-01-01', '2026-01-01', 'Choose a first and a last day.'],
])('the range from %j to %j: %s', (from, to, problem) => {
  expect(problemOfRange(from, to)).toBe(problem)
})
