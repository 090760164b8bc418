import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Tables } from './tables.ts'

export type DialectName = 'sqlite' | 'postgres'
export type Database = Kysely<Tables>

/** A change that other parts of the program, or other processes on the same database, must hear of. */
export type Change =
  /** What this user may do, or whether at all. */
  | { kind: 'access'; userId: string }
  /** This user's keys: the one named was replaced or deleted, or one is new. */
  | { kind: 'keys'; userId: string; keyId: number }
  /** What is known of this user's lists. */
  | { kind: 'lists'; userId: string }
  /** Anything may have changed: news was lost. */
  | { kind: 'everything' }

export interface Storage {
  db: Database
  dialect: DialectName
  /** PostgreSQL's connections, for a library that brings its own statements. */
  pool?: Pool
  /** Tells every listener, here and in other processes, after what has changed was committed. */
  announce(change: Change): Promise<void>
  onChange(listener: (change: Change) => void): () => void
  /** After a deletion: nothing of what is gone stays readable in the files. */
  purge(): Promise<void>
  close(): Promise<void>
}
