import { useEffect } from 'react'
import { session } from '../session/this-session.ts'
import { Button } from '../ui/button.tsx'
import { Mark } from './mark.tsx'

const TRY_AGAIN_MS = 3_000

/** While it is found out who is signed in: it takes milliseconds, so nothing moves. */
export function Starting() {
  return (
    <main className="grid h-dvh place-items-center" aria-busy="true" aria-label="Rollcall is starting">
      <Mark />
    </main>
  )
}

/** The server did not answer at all; asked again by itself. */
export function Unreachable() {
  useEffect(() => {
    const timer = setTimeout(() => void session.start(), TRY_AGAIN_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className="grid h-dvh place-items-center">
      <div role="alert" className="flex max-w-sm flex-col items-center gap-3 p-6 text-center">
        <Mark />
        <h1 className="text-lg">The server does not answer</h1>
        <p className="text-ink-muted">Check that it runs. This page asks again every few seconds.</p>
        <Button onClick={() => void session.start()}>Try now</Button>
      </div>
    </main>
  )
}
