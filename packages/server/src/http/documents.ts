import { etag } from 'hono/etag'
import type { HttpApp } from './bind.ts'
import { DOCS_STYLE, docsPage } from './docs-page.ts'
import { toOpenApi } from './openapi.ts'

/** What describes the API: for programs and for people. Without the web app it is also what the front door shows. */
export function addDocuments(app: HttpApp, hasWebApp: boolean): void {
  for (const path of ['/openapi.json', '/docs', '/docs.css']) app.use(path, etag({ weak: true }))
  app.get('/openapi.json', (context) => context.json(toOpenApi(context.get('client').origin)))
  app.get('/docs.css', (context) =>
    context.body(DOCS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/docs', (context) => context.html(docsPage(context.get('client').origin)))
  if (!hasWebApp) app.get('/', (context) => context.redirect('/docs'))
}
