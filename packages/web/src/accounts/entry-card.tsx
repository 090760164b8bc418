import { type ReactNode, useEffect } from 'react'
import { useSession } from '../session/this-session.ts'

/** The one card that whoever is not signed in sees. */
export function EntryCard({
  title,
  mark,
  children,
  below,
}: {
  title: string
  mark: ReactNode
  children: ReactNode
  /** Where else to go. */
  below?: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Rollcall`
  }, [title])
  // inside the frame there is a main part already
  const Part = useSession().kind === 'signed_in' ? 'div' : 'main'
  return (
    <Part className="flex min-h-dvh flex-col items-center justify-center gap-4 px-4 py-8">
      <div className="flex w-full max-w-sm flex-col gap-5 rounded-lg border border-line bg-surface p-5 sm:p-6">
        <div className="flex flex-col items-start gap-3">
          <div className="flex items-center gap-2.5">
            {mark}
            <div>
              <p className="font-semibold">Rollcall</p>
              <p className="text-ink-muted text-xs">Every model your keys can use, right now.</p>
            </div>
          </div>
          <h1 className="text-lg leading-7">{title}</h1>
        </div>
        {children}
      </div>
      {below && <p className="text-ink-muted">{below}</p>}
    </Part>
  )
}
