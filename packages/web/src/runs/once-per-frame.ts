/** Of all that comes within a frame only the last is shown. */
export function oncePerFrame<Value>(show: (value: Value) => void) {
  let latest: { value: Value } | undefined
  let frame: number | undefined
  return {
    show(value: Value): void {
      latest = { value }
      frame ??= requestAnimationFrame(() => {
        frame = undefined
        if (latest) show(latest.value)
      })
    },
    stop(): void {
      if (frame !== undefined) cancelAnimationFrame(frame)
    },
  }
}
