import { z } from 'zod'
import { SCOPES } from './endpoint.ts'
import { ModelMark } from './model-marks.ts'
import { AnswerUsage } from './run-answers.ts'
import { Run } from './runs.ts'
import { Text } from './text.ts'

export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'is longer than 254 characters')
  // as browsers have it: a LAN has addresses without a dot
  .pipe(z.email({ pattern: z.regexes.html5Email, error: 'is not an e-mail address' }))

/** Any characters; nothing is cut or changed. */
export const NewPassword = z
  .string()
  .min(8, 'is shorter than 8 characters')
  .max(256, 'is longer than 256 characters')
  // different halves would become the same sign when it is hashed
  .refine((text) => text.isWellFormed(), 'holds half a character')
const Password = z.string().min(1, 'is empty').max(256, 'is longer than 256 characters')
/** Six digits of an authenticator app, or one of the recovery codes. */
const SecondFactorCode = z.string().trim().min(6, 'is shorter than 6 characters').max(32, 'is too long')
const Time = z.string().meta({ description: 'RFC 3339, UTC' })

export const User = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(['user', 'admin']),
  two_factor: z.boolean(),
  created_at: Time,
})
export type User = z.infer<typeof User>

/** A refresh token comes beside it as an HttpOnly cookie. */
export const SignedIn = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'seconds' }),
  user: User,
})
export type SignedIn = z.infer<typeof SignedIn>

export const Registration = z.strictObject({
  email: Email,
  password: NewPassword,
  setup_code: z.string().trim().max(64).optional(),
  invitation: z.string().trim().max(64).optional(),
})
export const SignIn = z.strictObject({
  // whatever is no address has no account either: no other answer than for a wrong password
  email: Text.trim().toLowerCase().max(254, 'is longer than 254 characters'),
  password: Password,
  code: SecondFactorCode.optional(),
})
export const PasswordChange = z.strictObject({ current_password: Password, new_password: NewPassword })
export const PasswordReset = z.strictObject({ token: z.string().trim().max(64), new_password: NewPassword })
/** Who changes what guards the account proves once more to be its owner. */
export const Confirmation = z.strictObject({ password: Password, code: SecondFactorCode.optional() })

export const TwoFactorSetup = z.object({
  secret: z.string().meta({ description: 'Base32, to be typed into an authenticator app' }),
  uri: z.string().meta({ description: 'otpauth: URI, to be shown as a QR code' }),
})
export const TwoFactorCode = z.strictObject({ code: SecondFactorCode })
export const RecoveryCodes = z.object({
  recovery_codes: z.array(z.string()).meta({ description: 'Each works once; shown only now' }),
})

export const AccessToken = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  preview: z.string().meta({ description: 'its beginning and its last four characters' }),
  created_at: Time,
  expires_at: Time.nullable(),
  last_used_at: Time.nullable().meta({ description: 'to the hour' }),
})
export type AccessToken = z.infer<typeof AccessToken>
export const AccessTokens = z.object({ access_tokens: z.array(AccessToken) })
export const NewAccessToken = z.strictObject({
  name: Text.trim().min(1, 'is empty').max(64, 'is longer than 64 characters'),
  scopes: z.array(z.enum(SCOPES)).min(1, 'names no scope'),
  expires_in_days: z.int().min(1, 'is less than a day').max(3650, 'is more than ten years').optional(),
})
/** The token itself is shown here and never again. */
export const CreatedAccessToken = AccessToken.extend({ token: z.string() })

export const ManagedUser = User.extend({
  disabled: z.boolean(),
  last_sign_in_at: Time.nullable(),
  api_key_count: z.int(),
})
export type ManagedUser = z.infer<typeof ManagedUser>
export const ManagedUsers = z.object({
  users: z.array(ManagedUser),
  next: z.string().nullable().meta({ description: 'give it as `after` to read on; null at the end' }),
})
export const UserChange = z
  .strictObject({ disabled: z.boolean().optional(), role: z.enum(['user', 'admin']).optional() })
  .refine((change) => Object.keys(change).length > 0, 'names nothing to change')
export const NewInvitation = z.strictObject({ email: Email.optional() })
export const Invitation = z.object({
  id: z.string(),
  email: z.string().nullable(),
  created_at: Time,
  expires_at: Time,
})
export type Invitation = z.infer<typeof Invitation>
export const Invitations = z.object({ invitations: z.array(Invitation) })

export const AccountExport = z.object({
  exported_at: Time,
  user: User.extend({ last_sign_in_at: Time.nullable() }),
  api_keys: z.array(
    z.object({
      provider: z.string(),
      label: z.string().nullable(),
      preview: z.string().nullable(),
      created_at: Time,
      updated_at: Time,
    }),
  ),
  runs: z.array(Run),
  answer_usage: z
    .array(AnswerUsage)
    .meta({ description: 'of every answer, also of runs that are deleted by now' }),
  model_marks: z.array(ModelMark),
  access_tokens: z.array(AccessToken),
  sessions: z.array(z.object({ created_at: Time, last_used_at: Time, expires_at: Time })),
  invitations: z.array(Invitation).meta({ description: 'that you have made and that are still open' }),
})

/** The code is shown here and never again. */
export const CreatedInvitation = Invitation.extend({ code: z.string(), url: z.string() })
export const ResetLinkRequest = z.strictObject({ remove_second_factor: z.boolean().optional() })
export const ResetLink = z.object({ token: z.string(), url: z.string(), expires_at: Time })
export const MasterKeyState = z.object({
  kid: z.string().meta({ description: 'names the key that new secrets are sealed with' }),
  remaining: z.int().meta({ description: 'secrets still sealed with an older key' }),
  is_rotating: z.boolean(),
})
