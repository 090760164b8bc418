import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'

interface Props {
  children: ReactNode
  /** With another one, what failed is left behind. */
  path?: string
  /** In place of the message: what failed is a small part of the page. */
  fallback?: ReactNode
}
interface State {
  failure: 'none' | 'bug' | 'not_loaded'
  path: string | undefined
}

/** What fails in one part of the page does not take the rest with it, and says what to do. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: 'none', path: this.props.path }

  static getDerivedStateFromProps({ path }: Props, state: State): Partial<State> | null {
    return path === state.path ? null : { failure: 'none', path }
  }

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { failure: isLoadFailure(error) ? 'not_loaded' : 'bug' }
  }

  override render() {
    const { failure } = this.state
    if (failure === 'none') return this.props.children
    if (this.props.fallback) return this.props.fallback
    return failure === 'bug' ? <Failed /> : <NotLoaded />
  }
}

function Failed() {
  return (
    <Message title="This page failed">
      <p>That is a bug of ours. Nothing that was saved is lost: reload the page to go on.</p>
      <div className="flex gap-2">
        <Button look="primary" onClick={() => location.reload()}>
          Reload
        </Button>
        <Button onClick={() => location.assign('/')}>Start page</Button>
      </div>
    </Message>
  )
}

/** Browsers remember for as long as the page lives that a part could not be had. */
function NotLoaded() {
  return (
    <Message title="This page could not be loaded">
      <p>The server did not answer, or it was updated meanwhile: reload to go on.</p>
      <Button look="primary" onClick={() => location.reload()}>
        Reload
      </Button>
    </Message>
  )
}

function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div role="alert" className="m-auto flex max-w-prose flex-col items-start gap-3 p-6">
      <h1 className="text-lg">{title}</h1>
      {children}
    </div>
  )
}

/** Whether a part of the page could not be loaded, unlike that it has a bug. */
function isLoadFailure(error: unknown): boolean {
  return error instanceof TypeError && /module/i.test(error.message)
}
