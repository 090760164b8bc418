import { type ColumnDefinitionBuilder, type Kysely, sql } from 'kysely'
import type { DialectName } from '../database.ts'

export async function migrate(db: Kysely<unknown>, dialect: DialectName): Promise<void> {
  const bytes = dialect === 'sqlite' ? sql`blob` : sql`bytea`
  const { schema } = db

  await schema
    .createTable('installation')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute()

  await schema
    .createTable('users')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('email', 'text', (column) => column.notNull().unique())
    .addColumn('password_hash', 'text', (column) => column.notNull())
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('user', 'admin')`))
    .addColumn('disabled', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('totp_sealed', 'text')
    .addColumn('totp_confirmed_at', 'bigint')
    .addColumn('totp_last_step', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_sign_in_at', 'bigint')
    .execute()

  const ofUser = (column: ColumnDefinitionBuilder) =>
    column.notNull().references('users.id').onDelete('cascade')

  await schema
    .createTable('recovery_codes')
    .addColumn('user_id', 'text', ofUser)
    .addColumn('hash', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('recovery_codes_pk', ['user_id', 'hash'])
    .execute()

  await schema
    .createTable('sessions')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', ofUser)
    .addColumn('family', 'text', (column) => column.notNull().unique())
    .addColumn('turn', 'text', (column) => column.notNull())
    .addColumn('last_turn', 'text')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('last_used_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()
  await schema.createIndex('sessions_user').on('sessions').column('user_id').execute()

  await schema
    .createTable('access_tokens')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', ofUser)
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('preview', 'text', (column) => column.notNull())
    .addColumn('scopes', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .execute()
  await schema.createIndex('access_tokens_user').on('access_tokens').column('user_id').execute()

  await schema
    .createTable('invitations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('hash', 'text', (column) => column.notNull().unique())
    .addColumn('email', 'text')
    .addColumn('created_by', 'text', ofUser)
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()

  await schema
    .createTable('reset_links')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('user_id', 'text', ofUser)
    .addColumn('remove_second_factor', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute()

  await schema
    .createTable('api_keys')
    // never given out twice, so that what was begun for a deleted key meets no other one
    .addColumn('id', 'integer', (column) =>
      dialect === 'sqlite'
        ? column.primaryKey().autoIncrement()
        : column.primaryKey().generatedByDefaultAsIdentity(),
    )
    .addColumn('user_id', 'text', ofUser)
    .addColumn('provider', 'text', (column) => column.notNull())
    .addColumn('label', 'text', (column) => column.notNull())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('kid', 'text', (column) => column.notNull())
    .addColumn('credential', bytes, (column) => column.notNull())
    .addColumn('preview', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('api_keys_one_per_label', ['user_id', 'provider', 'label'])
    .execute()
  await schema.createIndex('api_keys_kid').on('api_keys').column('kid').execute()

  await schema
    .createTable('list_contents')
    .addColumn('hash', 'text', (column) => column.primaryKey())
    .addColumn('models', bytes, (column) => column.notNull())
    .execute()

  await schema
    .createTable('key_lists')
    .addColumn('key_id', 'integer', (column) =>
      column.primaryKey().references('api_keys.id').onDelete('cascade'),
    )
    .addColumn('fingerprint', bytes, (column) => column.notNull())
    .addColumn('known', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.references('list_contents.hash'))
    .execute()
  await schema.createIndex('key_lists_content').on('key_lists').column('content').execute()

  await schema
    .createTable('rate_limits')
    .addColumn('key', 'text', (column) => column.primaryKey())
    .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('expire', 'bigint')
    .execute()
}
