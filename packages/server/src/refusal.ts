import type { ApiErrorBody, ApiErrorCode } from '@rollcall/core/schema'

/** Why a request is not done: a value like any other answer. */
export class Refusal {
  readonly code: ApiErrorCode
  readonly message: string
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ApiErrorCode,
    message: string,
    more: { field?: string; retryAfterSeconds?: number } = {},
  ) {
    this.code = code
    this.message = message
    this.field = more.field
    this.retryAfterSeconds = more.retryAfterSeconds
  }

  /** Of what is not the caller's fault. */
  static ofBug(requestId: string): Refusal {
    return new Refusal(
      'internal',
      `This is a bug of ours: please report it with the request id ${requestId}.`,
    )
  }

  get status() {
    return STATUS_OF[this.code]
  }
}

export function toErrorBody({ code, message, field }: Refusal): ApiErrorBody {
  return { error: { code, message, ...(field === undefined ? {} : { field }) } }
}

/** A code has one status, wherever it occurs. */
export const STATUS_OF = {
  bad_request: 400,
  invalid_json: 400,
  invalid_request: 422,
  key_text: 422,
  not_found: 404,
  method_not_allowed: 405,
  too_large: 413,
  unsupported_media_type: 415,
  unauthenticated: 401,
  token_expired: 401,
  token_revoked: 401,
  forbidden: 403,
  cross_site: 403,
  invalid_credentials: 401,
  // not 401: the token is good, and a client need not sign in again
  password_wrong: 403,
  code_wrong: 403,
  account_disabled: 403,
  second_factor_required: 401,
  second_factor_invalid: 401,
  email_taken: 409,
  setup_code_required: 403,
  invitation_required: 403,
  registration_closed: 403,
  link_invalid: 403,
  last_admin: 409,
  conflict: 409,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<ApiErrorCode, number>
