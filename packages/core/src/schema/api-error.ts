import { z } from 'zod'

/** Why a request was not done. Closed: programs switch on it. */
export const ApiErrorCode = z.enum([
  'bad_request',
  'invalid_json',
  'invalid_request',
  'key_text',
  'not_found',
  'method_not_allowed',
  'too_large',
  'unsupported_media_type',
  'unauthenticated',
  'token_expired',
  'token_revoked',
  'forbidden',
  'cross_site',
  'invalid_credentials',
  'password_wrong',
  'code_wrong',
  'account_disabled',
  'second_factor_required',
  'second_factor_invalid',
  'email_taken',
  'setup_code_required',
  'invitation_required',
  'registration_closed',
  'link_invalid',
  'last_admin',
  'conflict',
  'rate_limited',
  'unavailable',
  'internal',
])
export type ApiErrorCode = z.infer<typeof ApiErrorCode>

/** The body of every answer that is not 2xx or 304. */
export const ApiErrorBody = z.object({
  error: z.object({
    code: ApiErrorCode,
    /** One sentence: what was wrong and what to do. */
    message: z.string(),
    /** The field of the body or query that it is about. */
    field: z.string().optional(),
  }),
})
export type ApiErrorBody = z.infer<typeof ApiErrorBody>
