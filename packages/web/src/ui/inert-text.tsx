import { visible } from '@rollcall/core/visible-text'

/** Text of a stranger: it cannot turn the direction of what stands beside it, and hides nothing. */
export function InertText({ children, className }: { children: string; className?: string }) {
  return <bdi className={className}>{visible(children)}</bdi>
}
