import { CompiledQuery } from 'kysely'
import { Refusal } from '../refusal.ts'
import type { Database } from '../storage/database.ts'

const MOST_RUNS = 10_000
/** Of one user's prompts and answers together, so that an export of them fits into memory. */
const MOST_CHARACTERS = 50_000_000

/** What a user has already: one row for each answer of runs under way, or one without `facts`. */
interface Had {
  runs: number | string
  characters: number | string | null
  facts: string | null
}

/** Says why a user may not have another run, of so many characters and answers; undefined where they may. */
export function createRunLimits(db: Database, mostAtOnce: number) {
  // built once: every first word waits for it
  const { sql } = selectHad(db, '').compile()

  return async (
    transaction: Database,
    userId: string,
    wanted: { characters: number; answers: number },
  ): Promise<Refusal | undefined> => {
    const { rows } = await transaction.executeQuery<Had>(CompiledQuery.raw(sql, [userId, userId]))
    const [had] = rows
    if (Number(had?.runs) >= MOST_RUNS) {
      return new Refusal('conflict', 'You have 10,000 runs already: delete some first.')
    }
    if (Number(had?.characters) + wanted.characters > MOST_CHARACTERS) {
      return new Refusal('conflict', 'Your runs hold 50 million characters already: delete some first.')
    }
    const underWay = rows.filter(
      ({ facts }) => facts !== null && JSON.parse(facts).status === 'running',
    ).length
    if (underWay + wanted.answers <= mostAtOnce) return undefined
    const rest = underWay === 0 ? '' : `, and ${underWay} are under way`
    return new Refusal(
      'rate_limited',
      `${mostAtOnce} answers may be under way for you at once${rest}: wait for one to end, stop a run, or ask fewer models.`,
      { retryAfterSeconds: 5 },
    )
  }
}

function selectHad(db: Database, userId: string) {
  return db
    .selectFrom((from) =>
      from
        .selectFrom('runs')
        .select(({ fn }) => [fn.countAll().as('runs'), fn.sum('characters').as('characters')])
        .where('user_id', '=', userId)
        .as('had'),
    )
    .leftJoin(
      (from) =>
        from
          .selectFrom('runs')
          .innerJoin('run_answers', 'run_id', 'runs.id')
          .select('facts')
          .where('user_id', '=', userId)
          .where('alive_at', 'is not', null)
          .as('under_way'),
      (join) => join.onTrue(),
    )
    .select(['had.runs', 'had.characters', 'under_way.facts'])
}
