import './styles.css'
// before any schema
import './zod-without-eval.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { App } from './app.tsx'
import { ErrorBoundary } from './frame/error-boundary.tsx'
import { loadPage } from './page-loaders.ts'
import { session, wasSignedIn } from './session/this-session.ts'
import { Tooltips } from './ui/tooltip.tsx'

void session.start()
// beside the question who is signed in, not behind it
if (wasSignedIn()) loadPage(location.pathname === '/' ? '/models' : location.pathname)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no root.')
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary>
      <QueryClientProvider client={queryClient}>
        <App />
        <Tooltips />
      </QueryClientProvider>
    </ErrorBoundary>
  </StrictMode>,
)
