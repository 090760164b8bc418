import { styleText } from 'node:util'
import { visible } from '@rollcall/core/visible-text'
import { showSettings } from '@rollcall/server/settings'
import { toColumns } from '../print/columns.ts'
import { toSafeJson } from '../print/safe-json.ts'

const EXIT = { good: 0, bad: 2 } as const

/** Every setting as a server would have it that is started from here; 2 if it would not start. */
export function configCommand({ json }: { json?: boolean }): number {
  const settings = showSettings(process.env)
  const problems = settings.flatMap(({ problem }) => problem ?? [])
  if (json) process.stdout.write(`${toSafeJson(settings)}\n`)
  else {
    const rows = settings.map(({ variable, value, source, doc, problem }) => [
      `${problem ? '✗' : ' '} ${variable}`,
      value === null ? '—' : visible(value),
      source,
      doc,
    ])
    const [titles = '', ...lines] = toColumns([['  VARIABLE', 'VALUE', 'FROM', 'WHAT IT IS'], ...rows]).split(
      '\n',
    )
    process.stdout.write(`${[styleText('bold', titles), ...lines].join('\n')}\n`)
  }
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  return problems.length > 0 ? EXIT.bad : EXIT.good
}
