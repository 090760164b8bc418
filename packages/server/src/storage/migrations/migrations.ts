import type { Kysely } from 'kysely'
import type { DialectName } from '../database.ts'
import { migrate as accountsKeysLists } from './001-accounts-keys-lists.ts'
import { migrate as runs } from './002-runs.ts'
import { migrate as catalogue } from './003-catalogue.ts'
import { migrate as modelMarks } from './004-model-marks.ts'
import { migrate as runAnswers } from './005-run-answers.ts'
import { migrate as listCalls } from './006-list-calls.ts'
import { migrate as runsUnderWay } from './007-runs-under-way.ts'

export interface Migration {
  name: string
  migrate(db: Kysely<unknown>, dialect: DialectName): Promise<void>
}

/** In order, forward only. One that was released is never changed. */
export const MIGRATIONS: readonly Migration[] = [
  { name: '001-accounts-keys-lists', migrate: accountsKeysLists },
  { name: '002-runs', migrate: runs },
  { name: '003-catalogue', migrate: catalogue },
  { name: '004-model-marks', migrate: modelMarks },
  { name: '005-run-answers', migrate: runAnswers },
  { name: '006-list-calls', migrate: listCalls },
  { name: '007-runs-under-way', migrate: runsUnderWay },
]
