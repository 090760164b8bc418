import type { Kysely } from 'kysely'
import type { Pool } from 'pg'
import type { Release } from './claims.ts'
import type { Tables } from './tables.ts'

export type DialectName = 'sqlite' | 'postgres'
export type Database = Kysely<Tables>

/** A change that other parts of the program, or other processes on the same database, must hear of. */
export type Change =
  /** What this user may do, or whether at all. */
  | { kind: 'access'; userId: string }
  /** This user's keys: the one named is new or was replaced, and has this version now; without one it was deleted. */
  | { kind: 'keys'; userId: string; keyId: number; version?: number }
  /** What is known of this user's lists. */
  | { kind: 'lists'; userId: string }
  /** What this user has noted on models. */
  | { kind: 'marks'; userId: string }
  /** What this user has set right of models, and so their answer, but no list. */
  | { kind: 'facts'; userId: string }
  /** This user's runs. */
  | { kind: 'runs'; userId: string }
  /** This run is not to go on, wherever it is under way. */
  | { kind: 'stopped_run'; userId: string; runId: string }
  /** What is known of models in general, and so everybody's lists. */
  | { kind: 'catalogue' }
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
  /** Where several processes share the database: until it is released, no other one gets what it names. */
  claim?(name: string): Promise<Release | undefined>
  /**
   * A transaction for what could be asked for again: it does not wait for the disk, and a loss of power may take it
   * back. Whatever is written the usual way after it makes it last as well.
   */
  writeForgettable<T>(work: (transaction: Database) => Promise<T>): Promise<T>
  /** After a deletion: nothing of what is gone stays readable in the files. */
  purge(): Promise<void>
  close(): Promise<void>
}
