const KEPT_MS = 60_000

/** Lets the browser save a text as a file. */
export function saveFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // some browsers read it only after the click
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS)
}
