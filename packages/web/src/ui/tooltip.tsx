import { useEffect, useRef } from 'react'

const DELAY_MS = 400
const GAP = 6

/**
 * Shows `data-tooltip` of whatever is pointed at or has the keyboard's focus. It repeats an accessible name or adds to
 * one, so that nothing depends on it; one element in the browser's top layer serves every page and window.
 */
export function Tooltips() {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const bubble = ref.current
    return bubble ? followPointer(bubble) : undefined
  }, [])
  return (
    <div
      ref={ref}
      popover="manual"
      aria-hidden
      className="pointer-events-none fixed m-0 max-w-72 rounded-md border border-line bg-raised px-2 py-1 text-ink text-xs shadow-float"
    />
  )
}

function followPointer(bubble: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let owner: Element | undefined

  const hide = () => {
    clearTimeout(timer)
    owner = undefined
    bubble.hidePopover()
  }
  const show = (target: Element) => {
    if (!target.isConnected) return
    bubble.textContent = target.getAttribute('data-tooltip')
    bubble.showPopover()
    place(bubble, target.getBoundingClientRect())
  }
  const point = (event: Event) => {
    const target = event.target instanceof Element ? event.target.closest('[data-tooltip]') : null
    if (target === (owner ?? null)) return
    hide()
    // a finger presses, it does not point
    if (!target || (event instanceof PointerEvent && event.pointerType === 'touch')) return
    if (event.type === 'focusin' && !target.matches(':focus-visible')) return
    owner = target
    timer = setTimeout(show, DELAY_MS, target)
  }
  const listening = new AbortController()
  const { signal } = listening
  for (const type of ['pointerover', 'focusin']) document.addEventListener(type, point, { signal })
  for (const type of ['pointerdown', 'keydown', 'focusout']) document.addEventListener(type, hide, { signal })
  document.addEventListener('scroll', hide, { signal, capture: true })
  return () => {
    hide()
    listening.abort()
  }
}

/** Below the target, or above where there is no room; never outside the window. */
function place(bubble: HTMLElement, target: DOMRect): void {
  const { width, height } = bubble.getBoundingClientRect()
  const left = target.left + target.width / 2 - width / 2
  const below = target.bottom + GAP
  const top = below + height > innerHeight ? target.top - GAP - height : below
  bubble.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
  bubble.style.top = `${top}px`
}
