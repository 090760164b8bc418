import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'

interface Props {
  children: ReactNode
  /** With another one, what failed is left behind. */
  path?: string
}

/** A bug in one part of the page does not take the rest with it, and says what to do. */
export class ErrorBoundary extends Component<Props, { hasFailed: boolean; path: string | undefined }> {
  override state = { hasFailed: false, path: this.props.path }

  static getDerivedStateFromProps({ path }: Props, state: { path: string | undefined }) {
    return path === state.path ? null : { hasFailed: false, path }
  }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div role="alert" className="m-auto flex max-w-prose flex-col items-start gap-3 p-6">
        <h1 className="text-lg">This page failed</h1>
        <p>That is a bug of ours. Nothing that was saved is lost: reload the page to go on.</p>
        <div className="flex gap-2">
          <Button look="primary" onClick={() => location.reload()}>
            Reload
          </Button>
          <Button onClick={() => location.assign('/')}>Start page</Button>
        </div>
      </div>
    )
  }
}
