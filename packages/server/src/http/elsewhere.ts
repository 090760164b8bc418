import { Refusal } from '../refusal.ts'
import type { AppContext, HttpApp } from './bind.ts'
import { toErrorResponse } from './to-response.ts'
import type { AnswerWithWebFile } from './web-files.ts'

/** What is answered where there is no endpoint: the web app, or what is wrong. */
export function answerElsewhere(
  app: HttpApp,
  context: AppContext,
  webFile: AnswerWithWebFile | undefined,
): Response {
  const page = isReading(context) ? webFile?.(askedOf(context)) : undefined
  if (page) return page
  const methods = methodsAt(app, context.req.path)
  if (methods.length === 0) {
    return toErrorResponse(
      context,
      new Refusal('not_found', 'There is nothing at this address: /openapi.json says what there is.'),
    )
  }
  context.header('allow', methods.join(', '))
  return toErrorResponse(
    context,
    new Refusal(
      'method_not_allowed',
      `There is no ${context.req.method} here: /openapi.json says what there is.`,
    ),
  )
}

export function isReading({ req }: AppContext): boolean {
  return req.method === 'GET' || req.method === 'HEAD'
}

function askedOf({ req }: AppContext): Parameters<AnswerWithWebFile>[0] {
  return {
    path: req.path,
    accept: req.header('accept'),
    acceptEncoding: req.header('accept-encoding'),
    ifNoneMatch: req.header('if-none-match'),
  }
}

function methodsAt(app: HttpApp, path: string): string[] {
  const methods = app.routes
    .filter((route) => route.method !== 'ALL' && isMatch(route.path, path))
    .map(({ method }) => method)
  return [...new Set(methods.includes('GET') ? [...methods, 'HEAD'] : methods)]
}

function isMatch(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => (part.startsWith(':') ? given[index] !== '' : part === given[index]))
  )
}
