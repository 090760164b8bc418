import { type ReactNode, useEffect, useRef } from 'react'
import { isFocusLost } from './focus.ts'

let isFirstPage = true

/** A page's title, what can be done about all of it, and its content. */
export function Page({
  title,
  actions,
  children,
}: {
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${title} · Rollcall`
  }, [title])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // the first one is read from its top, with the navigation; on a later one the pressed button is gone
    if (!isFirstPage && isFocusLost()) heading.current?.focus()
    isFirstPage = false
  }, [])
  return (
    <div className="flex min-w-0 flex-col gap-4 px-4 pt-4 pb-8 sm:px-6">
      <header className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-2">
        <h1 ref={heading} tabIndex={-1} className="mr-auto text-lg leading-7 outline-none">
          {title}
        </h1>
        {actions}
      </header>
      {children}
    </div>
  )
}

/** A part of a page with a heading of its own. */
export function Section({
  title,
  about,
  actions,
  children,
}: {
  title: string
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  return (
    <section className="flex min-w-0 flex-col gap-3">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        <div className="mr-auto min-w-0">
          <h2 className="text-sm">{title}</h2>
          {about && <p className="text-ink-muted">{about}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A bordered block. */
export function Card({ children, className = '' }: { children: ReactNode; className?: string }) {
  return <div className={`rounded-lg border border-line bg-surface ${className}`}>{children}</div>
}

/** Nothing is there yet: one line, and the one thing to do. */
export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-lg border border-line border-dashed px-4 py-10 text-center text-ink-muted">
      <p className="max-w-prose">{children}</p>
      {action}
    </div>
  )
}
