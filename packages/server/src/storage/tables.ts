import type { RunAnswerStatus, RunFailureCode, RunStatus } from '@rollcall/core/schema'
import type { Generated, Insertable, Selectable } from 'kysely'

/** Moments are milliseconds since the epoch, flags 0 or 1, on both databases. */
type Moment = number
type Flag = 0 | 1

interface UsersTable {
  id: string
  email: string
  password_hash: string
  role: 'user' | 'admin'
  disabled: Generated<Flag>
  /** The second factor's secret, sealed; not in force before `totp_confirmed_at`. */
  totp_sealed: string | null
  totp_confirmed_at: Moment | null
  /** The time step of the last code that was taken: none works twice. */
  totp_last_step: number | null
  created_at: Moment
  last_sign_in_at: Moment | null
}

interface RecoveryCodesTable {
  user_id: string
  hash: string
}

interface SessionsTable {
  id: string
  user_id: string
  /** Hash of what all refresh tokens of the session have in common. */
  family: string
  /** Hash of the rest of the one that works now. */
  turn: string
  /** Hash of the rest of the one before it. */
  last_turn: string | null
  created_at: Moment
  /** When the refresh token was last used. */
  last_used_at: Moment
  expires_at: Moment
}

interface AccessTokensTable {
  id: string
  user_id: string
  name: string
  hash: string
  preview: string
  /** Separated by spaces. */
  scopes: string
  created_at: Moment
  expires_at: Moment | null
  last_used_at: Moment | null
}

interface InvitationsTable {
  id: string
  hash: string
  email: string | null
  created_by: string
  created_at: Moment
  expires_at: Moment
}

interface ResetLinksTable {
  hash: string
  user_id: string
  remove_second_factor: Flag
  expires_at: Moment
}

interface ApiKeysTable {
  id: Generated<number>
  user_id: string
  provider: string
  /** '' where there is none, so that "one per provider and label" is a constraint. */
  label: string
  sealed: string
  /** Which master key sealed it. */
  kid: string
  /** Keyed hash of the key's text. */
  credential: Uint8Array
  preview: string | null
  /** Goes up with every replacement: what began before it may not write after it. */
  version: number
  created_at: Moment
  updated_at: Moment
}

/** What is known of one key's list: a row only where its provider was asked. */
interface KeyListsTable {
  key_id: number
  /** Of the credential and the whole configuration that the list was had with. */
  fingerprint: Uint8Array
  /** `KnownList` as JSON. */
  known: string
  content: string | null
  /** How the last calls went; see `call-history.ts`. Null: before it was noted. */
  calls: string | null
}

/** The models of a list; identical lists of many keys are one row. */
interface ListContentsTable {
  hash: string
  /** JSON array of models, compressed with zstd. */
  models: Uint8Array
}

interface RunsTable {
  /** Begins with the moment it was created: their order is that of time. */
  id: string
  user_id: string
  created_at: Moment
  status: RunStatus
  /** Each between spaces, of which no id has one. */
  models: string
  /** JSON. */
  parameters: string
  /** Of both prompts, and of the answers once they have ended. */
  characters: number
  prompt: string
  system_prompt: string | null
  /** In which is searched: model ids and prompt in lower case, which SQLite makes of ASCII alone. */
  searched: string
  finished_at: Generated<Moment | null>
  /** When the process that runs it last said so; null where it is over. */
  alive_at: Generated<Moment | null>
  /** Its owner has stopped it, which the process that runs it has not heard of yet. */
  is_stopped: Generated<Flag>
}

/** One row for each of a run's models, in their order. */
interface RunAnswersTable {
  run_id: string
  position: number
  /** `RunAnswerFacts` as JSON. */
  facts: string
  reasoning: string
  text: string
}

/** What one ended answer took and cost, without any text: it outlives its run. */
interface AnswerUsageTable {
  /** That of its run, a dot, and the answer's place in it. */
  id: string
  user_id: string
  ended_at: Moment
  provider: string
  model: string
  status: Exclude<RunAnswerStatus, 'running'>
  code: RunFailureCode | null
  input_tokens: number | null
  output_tokens: number | null
  cached_input_tokens: number | null
  reasoning_tokens: number | null
  cost: number | null
  first_token_ms: number | null
  duration_ms: number | null
}

/** What users have noted on models; a row only where there is something. */
interface ModelMarksTable {
  user_id: string
  model_id: string
  is_favourite: Generated<Flag>
  is_hidden: Generated<Flag>
  /** `Correction` as JSON. */
  correction: string | null
}

/** The catalogue of facts, of the address it was had from: one row. */
interface CatalogueTable {
  url: string
  /** `Catalogue` as JSON, compressed with zstd. */
  content: Uint8Array
  etag: string | null
  /** When its server last said that it is this one. */
  checked_at: Moment
}

/** What holds for the whole installation. */
interface InstallationTable {
  name: 'set_up' | 'first_account' | 'setup_code' | 'running_secrets'
  value: string
}

/** Of rate-limiter-flexible, which brings the statements; used where several processes share the limits. */
interface RateLimitsTable {
  key: string
  points: number
  expire: Moment | null
}

export interface Tables {
  users: UsersTable
  recovery_codes: RecoveryCodesTable
  sessions: SessionsTable
  access_tokens: AccessTokensTable
  invitations: InvitationsTable
  reset_links: ResetLinksTable
  api_keys: ApiKeysTable
  key_lists: KeyListsTable
  list_contents: ListContentsTable
  runs: RunsTable
  run_answers: RunAnswersTable
  answer_usage: AnswerUsageTable
  model_marks: ModelMarksTable
  catalogue: CatalogueTable
  installation: InstallationTable
  rate_limits: RateLimitsTable
}

export type UserRow = Selectable<UsersTable>
export type ApiKeyRow = Selectable<ApiKeysTable>
export type InvitationRow = Omit<Selectable<InvitationsTable>, 'hash' | 'created_by'>
export type AccessTokenRow = Selectable<AccessTokensTable>
export type ModelMarkRow = Selectable<ModelMarksTable>
export type RunRow = Selectable<RunsTable>
export type RunAnswerRow = Selectable<RunAnswersTable>
export type AnswerUsageRow = Selectable<AnswerUsageTable>
export type NewUserRow = Insertable<UsersTable>
